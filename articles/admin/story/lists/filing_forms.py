"""The questions before many stories are filed elsewhere: which tag, which section."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.listings import search
from articles.models import Section, Tag

MOST_SECTIONS = 500
MOST_MATCHES = 12
MATCH = '<button type="submit" class="button" name="{}" value="{}">{}</button>'


class NameOrMatch(forms.TextInput):
    """A name, and buttons of those that begin like it: pressing one takes it in the place of what was typed."""

    matches = ()

    def render(self, name, value, attrs=None, renderer=None):
        typed = super().render(name, value, attrs, renderer)
        if not self.matches:
            return typed
        buttons = format_html_join("", MATCH, ((name, match, match) for match in self.matches))
        return format_html('{}<input type="hidden" name="_look"><div class="matches">{}</div>', typed, buttons)


class TagForm(forms.Form):
    tag = forms.CharField(
        label=gettext_lazy("Tag"),
        max_length=100,
        help_text=gettext_lazy("The name of a tag that there is, or how it begins."),
        widget=NameOrMatch,
    )

    def clean_tag(self):
        typed = self.cleaned_data["tag"]
        if tag := Tag.objects.filter(folded=typed).first():
            return tag
        near = search.newest_named(typed, Tag.objects.order_by("name"))[:MOST_MATCHES]
        self.fields["tag"].widget.matches = [tag.name for tag in near]
        if near:
            raise forms.ValidationError(_("There is no tag of this name. These begin so: choose one."))
        raise forms.ValidationError(_("There is no tag of this name."))


class SectionForm(forms.Form):
    section = forms.ChoiceField(label=gettext_lazy("Section"))

    def for_user(self, user):
        """Offer the sections of the editions in which the user may write."""
        editions = permissions.editions(user, "change", "story")
        sections = Section.objects.filter(edition__in=editions).select_related("edition")
        self.sections = {
            str(each.pk): each for each in sections.order_by("edition__name", "order", "pk")[:MOST_SECTIONS]
        }
        names = [(key, f"{each.edition}: {each}") for key, each in self.sections.items()]
        self.fields["section"].choices = [("", "–"), *names]

    def clean_section(self):
        return self.sections[self.cleaned_data["section"]]
