"""The form of an assignment: what, for which section, by when, for whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.desk import labels
from articles.models import Section
from articles.models.desk.assignment import OPEN


class People(forms.ModelMultipleChoiceField):
    """Accounts, by the names under which colleagues know them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, account):
        return labels.of_account(account)


class AssignmentForm(forms.ModelForm):
    people = People(queryset=None, required=False, label=_("Who"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["people"] = list(self.instance.assignees.values_list("user", flat=True))
        if "state" in self.fields:
            self.fields["state"].choices = [(one.value, one.label) for one in OPEN]

    def clean(self):
        cleaned = super().clean()
        section, people = self.cleaned_data.get("section"), self.cleaned_data.get("people")
        if section and people:
            here = permissions.assignable(Section.objects.filter(pk=section.pk))
            if strangers := set(people) - set(here.filter(pk__in=people)):
                names = ", ".join(sorted(labels.of_account(one) for one in strangers))
                words = _("%(names)s: not at the edition of this section.") % {"names": names}
                self.add_error("people", words)
        return cleaned

    class Meta:
        widgets = {"brief": forms.Textarea(attrs={"rows": 5}), "state": forms.RadioSelect}
        labels = {"state": _("How sure it is")}
        help_texts = {"state": _("Planned: an idea, or an event that nobody has confirmed yet.")}
