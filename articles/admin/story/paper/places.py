"""Where each field of a story stands in its form: on the paper, in the panel beside it, or folded there."""

import datetime
from typing import NamedTuple

from django.contrib.admin.helpers import Fieldset
from django.contrib.admin.utils import flatten
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.desk import timestamps
from articles.models import Story

HEAD = ["kicker", "headline", "standfirst"]
LEAD = ["lead_photo", "lead_picture", "lead_caption"]
TEXT = ["body", "version"]
CHANGE = ["is_minor", "goes_out_at", "waiting_made_at"]  # of a story that readers have
ABOUT = ["section", "publish_at"]
CONTEXT = ["series", "place"]  # below the names and tags, which every story has
PARTS = {"head": HEAD, "lead": LEAD, "text": TEXT, "about": ABOUT, "context": CONTEXT}

# Rare fields, folded, with their values in sight: name → (title, fields).
FOLDED = {
    "address": (
        _("Address, label, urgency"),
        ["edition", "slug", "short_headline", "label", "sponsor", "urgency", "key_event", "source_line"],
    ),
    "times": (_("Embargo, end"), ["embargo_until", "expires_at"]),
    "unverified": (
        _("Not verified yet"),
        ["in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told", "verified_in"],
    ),
    "care": (
        _("Handle with care"),
        ["is_made_with_ai", "ai_note", "involves_child", "child_is_unnamed", "protected_names", "is_about_suicide"],
    ),
}
FIELDSETS = [(None, {"fields": fields, "classes": [name]}) for name, fields in PARTS.items()] + [
    (None, {"fields": fields, "classes": [name]}) for name, (_title, fields) in FOLDED.items()
]


class Fold(NamedTuple):
    """A folded group of fields. `told`: their values that are not the usual ones, shown while it is closed."""

    name: str
    title: str
    fieldset: Fieldset
    told: str
    has_errors: bool


def of_form(adminform):
    """{name: group of fields}, and the folded ones, for the templates of the form."""
    parts = {fieldset.classes: fieldset for fieldset in adminform}
    folds = [_fold(adminform.form, name, parts[name]) for name in FOLDED if name in parts]
    return {"parts": parts, "folds": folds}


def _fold(form, name, fieldset):
    names = flatten(fieldset.fields)
    shown = filter(None, (_told(form, field) for field in names))
    return Fold(name, FOLDED[name][0], fieldset, " · ".join(shown), any(field in form.errors for field in names))


def _told(form, name):
    """The value of a field as a word; "" where it is empty or as it is for most stories."""
    field = Story._meta.get_field(name)
    value = form[name].value() if form.is_bound and name in form.fields else getattr(form.instance, field.attname)
    if not value or field.is_relation or str(value) == str(field.get_default()):
        return ""
    if isinstance(value, bool):
        return capfirst(str(field.verbose_name))
    if isinstance(value, datetime.datetime):
        return timestamps.absolute(value, form.instance.edition)
    if isinstance(value, list):  # a date and a time, as typed
        return " ".join(filter(None, value))
    return str(dict(field.flatchoices).get(value) or value)
