"""The form of a story and its checks before saving."""

import datetime

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing
from articles.desk import timestamps
from articles.desk.writing import times
from articles.models import Revision, Story
from articles.models.story import State

from ..editor import StoryTextWidget
from ..slugs import SluggedForm
from . import captions

ON_PAPER = {  # fields without a visible label; what they say while they are empty
    "kicker": gettext_lazy("Kicker, or choose a running story"),
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst: what happened, in one or two sentences"),
}
MOVES = {"_submit", "_approve", "_release"}  # whoever makes one of them has chosen the section
A_MINUTE = datetime.timedelta(minutes=1)


class StoryForm(SluggedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    waiting_made_at = forms.CharField(widget=forms.HiddenInput, required=False)  # of the scheduled change it shows
    is_minor = forms.BooleanField(
        label=gettext_lazy("only a slip of the pen"),
        required=False,
        help_text=gettext_lazy("Readers are then not told that the story was updated."),
    )
    goes_out_at = forms.SplitDateTimeField(
        label=gettext_lazy("goes out at"),
        required=False,
        widget=times.TimeInput,
        help_text=gettext_lazy("Empty: at once. Until then readers keep the text that they have."),
    )
    waiting = None  # the scheduled change, if the form previews it
    is_looked_at = False  # only its checks are asked for: nothing is stored, so nothing is locked
    stood_in = None  # the section of a new story for which nobody chose one
    refused = []  # reasons why the typed story could not stay released (StoryAdmin.changeform_view)

    class Meta:
        widgets = {
            "headline": AdminTextareaWidget(attrs={"rows": 1, "data-good-length": 70}),
            "standfirst": AdminTextareaWidget(attrs={"rows": 2, "data-good-length": 160}),
            "lead_caption": AdminTextareaWidget(attrs={"rows": 2}),
            "body": StoryTextWidget,
            "protected_names": AdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = None
        for name in ON_PAPER.keys() & self.fields.keys():
            self.fields[name].widget.attrs["placeholder"] = ON_PAPER[name]
        if "headline" in self.fields:
            self.fields["headline"].widget.attrs["autofocus"] = True  # a message before it with a reason comes first
        if "section" in self.fields:
            self.fields["section"].is_of_one_edition = True  # static/desk/desk.js asks for those of its edition
            self.fields["section"].required = bool(self.instance.pk) or not MOVES.isdisjoint(self.data)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            if self.waiting:
                self.initial |= {"goes_out_at": self.waiting.goes_out_at, "is_minor": self.waiting.is_minor}
                self.initial["waiting_made_at"] = self.waiting.made_at.isoformat()
            if "section" in self.fields:
                select = self.fields["section"].widget
                select.attrs["data-of-edition"] = self.instance.edition_id

    def clean(self):
        super().clean()
        for reason in self.refused:
            field = getattr(reason, "field", "")
            self.add_error(field if field in self.fields else None, reason)
        self._clean_time()
        self._clean_section()
        if captions.is_left_over(self, "lead_photo", "lead_caption"):
            self.add_error("lead_caption", captions.LEFT_OVER)
        if self.cleaned_data.get("goes_out_at") and self.instance.state != State.RELEASED:
            self.add_error("goes_out_at", _("Only a released story can have a change that waits."))
        if self.instance.pk and not self.is_looked_at:
            self.before = Story.objects.select_for_update().get(pk=self.instance.pk)
            if self.cleaned_data.get("version") != self.before.version:
                self.add_error(None, self._overtaken())

    def _clean_section(self):
        """A draft is kept as it stands, so a section stands in for one that nobody has chosen yet."""
        chosen = self.cleaned_data
        if self.is_looked_at or chosen.get("section") or "section" in self.errors or not chosen.get("edition"):
            return
        if not self.instance.pk and "section" in self.fields:
            self.stood_in = chosen["section"] = publishing.section_at_first(self.by, chosen["edition"])
            if not self.stood_in:
                self.add_error("section", _("Choose a section."))

    def _clean_time(self):
        if "publish_at" not in self.cleaned_data:
            return
        publish_at = self.cleaned_data["publish_at"]
        if not publish_at and self.instance.state == State.RELEASED:
            self.add_error("publish_at", _("A released story has a time: withdraw it if it is not to be published."))
        elif publish_at and "publish_at" in self.changed_data and publish_at < timezone.now() - A_MINUTE:
            self.add_error("publish_at", _("This time has passed. Leave it empty to publish at once."))

    def clean_goes_out_at(self):
        goes_out_at = self.cleaned_data["goes_out_at"]
        if goes_out_at and goes_out_at <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Leave it empty to publish at once."))
        return goes_out_at

    def _post_clean(self):
        """Checks of the story as it would be saved."""
        super()._post_clean()
        if self.is_looked_at:
            return
        story = self.instance
        if stray := publishing.stray_section(story):
            self.add_error("section", stray)
        if story.state == State.RELEASED and not self.errors:
            publishing.set_day(story, timezone.now())
        if not self._keeps_its_address() and publishing.address_taken(story):
            self.add_error("slug", _("Another story of that day has this address: choose another slug."))

    def _keeps_its_address(self):
        names = ("edition_id", "day", "slug")
        return self.before and all(getattr(self.before, name) == getattr(self.instance, name) for name in names)

    def _overtaken(self):
        last = Revision.objects.filter(story=self.instance).select_related("by").first()
        who = last.by if last and last.by else _("Somebody")
        when = timestamps.absolute(last.at, self.before.edition) if last else ""
        return _(
            "%(who)s saved this story meanwhile (%(when)s). What you typed still stands below and is not saved: press "
            "the button again, and both are merged."
        ) % {"who": who, "when": when}
