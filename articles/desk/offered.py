"""A field that a form offered is never dropped silently.

Permissions are checked again on a post: meanwhile the clock or a changed role may have closed a field. Django would
save the rest and report success. Here the form comes back with the typed text and saves nothing.
"""

import datetime

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .values import is_id

OFFERED = "_offered"  # hidden field with the names of the form's fields
MOST_ROWS = 1000


class Unsaved:
    """Mixin for a form that must come back. `reasons`: its errors; `dropped`: typed values whose field is closed."""

    reasons, dropped = (), ()

    def clean(self):
        super().clean()
        for reason in self.reasons:
            self.add_error(None, reason)


class KeepsWhatWasTyped:
    """Mixin for a ModelAdmin. `request.unsaved`: the reason why a form comes back as it was typed (kept_posts.py)."""

    def closed_by_clock(self, request, obj):
        """Fields that a past time has closed for everybody."""
        return []

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if request.method != "POST" or not kwargs.get("fields"):
            return form
        reasons = [request.unsaved] if getattr(request, "unsaved", "") else []
        closed = {**_fields(self, request, obj, form), **_rows(self, request, obj)}
        if closed:
            reasons += self.why_closed(request, obj, closed)
        if not reasons:
            return form
        dropped = [value for rows in closed.values() for value in rows]
        return type(form)(form.__name__, (Unsaved, form), {"reasons": reasons, "dropped": dropped})

    def why_closed(self, request, obj, names):
        return [_("Some of what you typed is not open to change any more. Nothing is saved yet.")]


def _fields(model_admin, request, obj, form):
    """{name: [(label, typed)]} of fields that were offered and changed, but are closed now."""
    closed = {}
    for name in _offered(model_admin, request, obj) - set(form.base_fields):
        field, was = _field(model_admin, request, obj, name)
        if field and (typed := _typed(field, was, request.POST, name)) is not None:
            closed[name] = [(capfirst(field.label), typed)]
    return closed


def _offered(model_admin, request, obj):
    """The names in the form's hidden field; without it, the posted fields that only the clock has closed."""
    if OFFERED in request.POST:
        return set(request.POST[OFFERED].split())
    return {name for name in model_admin.closed_by_clock(request, obj) if {name, f"{name}_0"} & {*request.POST}}


def _field(model_admin, request, obj, name):
    """The form field and its stored value, or None without such a field."""
    declared = model_admin.form.base_fields.get(name)
    try:
        field = model_admin.opts.get_field(name)
    except FieldDoesNotExist:
        return declared, None
    if not field.editable or not field.concrete or field.many_to_many:
        return None, None
    return declared or model_admin.formfield_for_dbfield(field, request), _value(field, obj)


def _value(field, obj):
    value = field.value_from_object(obj) if obj else field.get_default()
    return value.replace(microsecond=0) if isinstance(value, datetime.datetime) else value


def _typed(field, was, posted, name):
    """The typed value as text; None if it equals the stored one."""
    raw = field.widget.value_from_datadict(posted, {}, name)
    is_file = isinstance(field, forms.FileField)
    if is_file or not field.has_changed(was, raw):
        return None
    return _in_words(field, raw)


def _in_words(field, raw):
    try:
        value = field.clean(raw)
    except ValidationError:
        value = raw
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return " ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _rows(model_admin, request, obj):
    """The same for the rows below a form. Adding or deleting a row counts as a change."""
    closed = {}
    if OFFERED not in request.POST:
        return closed
    for inline in (each(model_admin.model, model_admin.admin_site) for each in model_admin.inlines):
        may = [getattr(inline, f"has_{action}_permission")(request, obj) for action in ("add", "change", "delete")]
        if not all(may) and (changed := list(_changed_rows(inline, request, obj, *may))):
            closed[inline.opts.model_name] = [(capfirst(inline.verbose_name_plural), row) for row in changed]
    return closed


def _changed_rows(inline, request, obj, may_add, may_change, may_delete):
    prefix, posted = inline.get_formset(request, obj).get_default_prefix(), request.POST
    names = flatten_fieldsets(inline.get_fieldsets(request, obj))
    fields = {field.name: field for field in inline.opts.concrete_fields if field.name in names}
    stored = {str(row.pk): row for row in inline.model.objects.filter(**{_parent(inline): obj})} if obj else {}
    for number in range(min(_count(posted.get(f"{prefix}-TOTAL_FORMS")), MOST_ROWS)):
        row = stored.get(posted.get(f"{prefix}-{number}-{inline.opts.pk.name}"))
        cells = {name: posted[f"{prefix}-{number}-{name}"] for name in fields if f"{prefix}-{number}-{name}" in posted}
        is_changed = any(_plain(cell) != _plain(_value(fields[name], row)) for name, cell in cells.items())
        is_lost = is_changed and not (may_change if row else may_add)
        if is_lost or (row and f"{prefix}-{number}-DELETE" in posted and not may_delete):
            yield " · ".join(_shown_cell(inline, request, field, prefix, number) for field in fields.values())


def _parent(inline):
    return forms.models._get_foreign_key(inline.parent_model, inline.model, fk_name=inline.fk_name).name


def _count(text):
    return int(text) if is_id(text) else 0


def _plain(value):
    """The value as a browser sends it: None is empty text."""
    return "" if value is None else str(value).replace("\r\n", "\n")


def _shown_cell(inline, request, field, prefix, number):
    return _in_words(inline.formfield_for_dbfield(field, request), request.POST.get(f"{prefix}-{number}-{field.name}"))
