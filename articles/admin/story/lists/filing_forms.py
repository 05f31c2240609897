"""The questions before many stories are filed elsewhere: which tag, which section."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models import Section, Tag

MOST_SECTIONS = 500


class TagForm(forms.Form):
    tag = forms.CharField(
        label=gettext_lazy("Tag"), max_length=100, help_text=gettext_lazy("The name of a tag that there is.")
    )

    def clean_tag(self):
        tag = Tag.objects.filter(folded=self.cleaned_data["tag"]).first()
        if tag is None:
            raise forms.ValidationError(_("There is no tag of this name."))
        return tag


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
