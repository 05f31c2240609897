"""The forms of an assignment: what, for which section, by when; for those who plan also for whom."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.desk import labels
from articles.desk.fields.choosers import ManyChooser
from articles.desk.values import is_id
from articles.models import Assignee, Person, Section
from articles.models.desk.assignment import PLANNING

from .meanwhile import KeepsBoth

OUTSIDE = Assignee._meta.get_field("person")


class People(forms.ModelMultipleChoiceField):
    """Accounts, by the names under which colleagues know them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, account):
        return labels.of_account(account)


class IdeaForm(KeepsBoth, forms.ModelForm):
    """What a reporter proposes."""

    is_idea = True

    class Meta:
        widgets = {"brief": forms.Textarea(attrs={"rows": 5})}


class AssignmentForm(KeepsBoth, forms.ModelForm):
    people = People(queryset=None, required=False, label=_("Who"))
    outside = ManyChooser(
        Person.objects.all(), required=False, label=_("Who has no account"),
        help_text=_("Freelancers and stringers. Nobody tells them: call them."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            given = list(self.instance.assignees.values_list("user", "person"))
            self.initial["people"] = [user for user, _person in given if user]
            self.initial["outside"] = [person for _user, person in given if person]
        if "state" in self.fields:
            self.fields["state"].choices = [(one.value, one.label) for one in PLANNING]
        kept = self.initial.get("outside", [])
        self.fields["outside"].queryset = Person.objects.filter(user=None) | Person.objects.filter(pk__in=kept)

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
        help_texts = {"state": _("Planned: nobody has confirmed yet that it takes place.")}


class OutsideSelect(AutocompleteSelectMultiple):
    """Without the cross that empties it: that would stand within the list of who is chosen. A value that cannot be an
    id is not shown again."""

    def __init__(self, site):
        super().__init__(OUTSIDE, site)

    def build_attrs(self, *args, **kwargs):
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, list(filter(is_id, value)), attr)
