"""Two people change one assignment in two forms: nothing of either is lost, and the second sees what the first did.

A form carries the values that it was opened with. What only the other changed stays as the other set it; what both
changed comes back as an error that tells the other's words, and the second save is made in knowledge of them.
"""

import datetime
import json

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from articles.desk import labels, timestamps
from articles.models import Assignment, AuditEntry
from articles.models.audit_entry import Kind
from articles.models.desk.assignment import Plan

MANY = {"people": "user", "outside": "person"}  # {field: what it chooses in Assignee}


class KeepsBoth(forms.ModelForm):
    """`kept`: labels of the fields that somebody else changed meanwhile and that stay so; `who`: who it was."""

    began = forms.CharField(required=False, widget=forms.HiddenInput)
    kept, who = (), ""
    is_idea = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["began"] = json.dumps(self._stored(self.instance))

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._compare(cleaned)
        return cleaned

    def _compare(self, cleaned):
        other = Assignment.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if other.closed_at:
            words = _("%(name)s has closed it meanwhile: it is %(state)s. Nothing of yours is saved; it stands here.")
            self.add_error(None, words % {"name": _last(other), "state": other.get_state_display()})
        elif self.is_idea and other.state != Plan.PROPOSED:
            self.add_error(None, _("The desk has answered it meanwhile. Nothing of yours is saved; it stands here."))
        theirs, began = self._stored(other), self._began()
        changed = [name for name in theirs if name in began and name in cleaned and theirs[name] != began[name]]
        if changed:
            self.who = _last(other)
        for name in changed:
            self._merge(name, cleaned, began[name], theirs[name], other)
        if changed and self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("began")] = json.dumps(
                theirs | {n: began[n] for n in began if n not in self.errors}
            )

    def _merge(self, name, cleaned, began, theirs, other):
        mine = _plain(cleaned[name])
        if mine == theirs:
            return
        if name in MANY:
            both = {*theirs, *mine} - ({*began} - {*mine}) - ({*began} - {*theirs})
            cleaned[name] = self.fields[name].queryset.filter(pk__in=both)
        elif mine == began:
            cleaned[name] = getattr(other, name)
        else:
            words = _("%(name)s has changed it meanwhile: “%(words)s”. Yours stands here; save again to keep it.")
            self.add_error(name, words % {"name": self.who, "words": self._legible(name, other)})
            return
        self.kept = (*self.kept, str(self[name].label))

    def _stored(self, row):
        """{field: value that JSON takes}"""
        names = [name for name in self.fields if name not in MANY and name != "began"]
        plain = {name: _plain(getattr(row, name)) for name in names}
        for name in MANY.keys() & self.fields.keys():
            given = row.assignees.exclude(**{MANY[name]: None}).values_list(MANY[name], flat=True)
            plain[name] = sorted(given.order_by())
        return plain

    def _began(self):
        """{} if the form did not say: then nothing is compared. A value of a wrong kind counts as not said."""
        try:
            began = json.loads(self.cleaned_data.get("began") or "{}")
        except (ValueError, RecursionError):
            return {}
        return {name: value for name, value in began.items() if _fits(name, value)} if isinstance(began, dict) else {}

    def _legible(self, name, row):
        value = getattr(row, name)
        choices = dict(getattr(self.fields[name], "choices", ())) if name == "state" else {}
        if isinstance(value, datetime.datetime):
            return timestamps.absolute(value, row.section.edition)
        return str(choices.get(value, value))


def _fits(name, value):
    if name in MANY:
        return isinstance(value, list) and all(isinstance(one, int) for one in value)
    return not isinstance(value, list | dict)


def _plain(value):
    match value:
        case datetime.datetime():
            return f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S}"
        case Model():
            return value.pk
        case QuerySet():
            return sorted(value.values_list("pk", flat=True).order_by())
    return value


def _last(row):
    """Who acted last on an assignment, by the audit log."""
    entry = AuditEntry.objects.filter(kind=Kind.ASSIGNMENT, key=str(row.uid)).order_by("-pk").first()
    account = entry and get_user_model().objects.filter(username=entry.account).select_related("person").first()
    return labels.of_account(account)
