"""The form of a story: what must hold before it is saved."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Revision, Story
from articles.models.story import State

from .prose import StoryTextWidget
from .story_list import moment

MOST_CHARACTERS = 400_000


class StoryForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        widgets = {
            "headline": AdminTextareaWidget(attrs={"rows": 2}),
            "standfirst": AdminTextareaWidget(attrs={"rows": 3}),
            "lead_caption": AdminTextareaWidget(attrs={"rows": 2}),
            "body": StoryTextWidget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = None
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            if "section" in self.fields:
                select = self.fields["section"].widget.widget  # inside the admin's frame of links
                select.attrs["data-of-edition"] = self.instance.edition_id

    def clean_headline(self):
        return " ".join(self.cleaned_data["headline"].split())

    def clean_body(self):
        if len(self.cleaned_data["body"]) > MOST_CHARACTERS:
            raise forms.ValidationError(_("The body is too long: make it two stories."))
        return self.cleaned_data["body"]

    def clean(self):
        super().clean()
        if self.instance.pk:
            self.before = Story.objects.select_for_update().get(pk=self.instance.pk)
            if self.cleaned_data.get("version") != self.before.version:
                self.add_error(None, self._overtaken())

    def _post_clean(self):
        """Checks of the story as it would be saved."""
        super()._post_clean()
        story = self.instance
        if stray := publishing.stray_section(story):
            self.add_error("section", stray)
        if story.state == State.RELEASED and not self.errors:
            publishing.set_day(story, timezone.now())
        if publishing.address_taken(story):
            self.add_error("slug", _("Another story of that day has this address: choose another slug."))

    def _overtaken(self):
        last = Revision.objects.filter(story=self.instance).select_related("by").first()
        who = last.by if last and last.by else _("Somebody")
        when = moment(last.at, self.before.edition) if last else ""
        return _(
            "%(who)s saved this story meanwhile (%(when)s). What you typed still stands below and is not saved: "
            "open the story again in another window and carry your changes over."
        ) % {"who": who, "when": when}
