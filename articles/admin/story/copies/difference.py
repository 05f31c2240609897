"""How a working copy differs from the story as it is stored: one row a field, in words, paragraphs apart."""

import itertools
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.desk.values import is_id
from articles.models import Story
from articles.text import body
from articles.text.differences import changes

CONTEXT = 8  # words around a change
MOST_ROWS = 600


class Row(NamedTuple):
    label: str
    words: str  # safe HTML


def rows(model_admin, request, copy):
    """The [Row] of the fields and tables that differ."""
    posted, story = _posted(copy), copy.story
    form = model_admin.get_form(request, story, change=story is not None)(posted, instance=story or Story())
    found = [_of_field(form[name]) for name in form.changed_data if not form[name].is_hidden and name in form.fields]
    for inline in model_admin.get_inline_instances(request, story):
        before, after = _rows_before(inline, request, story), _rows_after(inline, request, posted)
        if before != after:
            found.append(Row(capfirst(inline.verbose_name_plural), _compared(before, after)))
    return [row for row in found if row.words]


def _posted(copy):
    posted = QueryDict(mutable=True)
    for name, value in copy.typed:
        posted.appendlist(name, value)
    return posted


def _of_field(bound):
    was, is_now = (_lines(bound, value) for value in (bound.initial, bound.data))
    return Row(capfirst(bound.label), _compared(was, is_now))


def _lines(bound, value):
    """A value of a field as lines of text."""
    if bound.name == "body":
        return [line for line in body.text(value or "").splitlines() if line]
    if isinstance(bound.field, forms.ModelChoiceField):
        return _chosen(bound.field, value)
    if isinstance(bound.field, forms.BooleanField):
        return [_("yes") if value else _("no")]
    if isinstance(value, list | tuple):
        return [" ".join(str(part) for part in value if part)]
    if hasattr(value, "isoformat"):
        return [" ".join(str(part) for part in bound.field.widget.decompress(value))]
    value = dict(getattr(bound.field, "choices", ())).get(value, value)
    return [line for line in str("" if value is None else value).splitlines() if line.strip()]


def _chosen(field, value):
    key = getattr(value, "pk", value)
    row = field.queryset.filter(pk=key).first() if is_id(key) else None
    return [str(row)] if row else []


# Rows below the form ----------------------------------------------------------------------


def _columns(inline, request):
    """{name: form field} of what a row says, beside the story that it belongs to and its place."""
    without = {"id", "order", inline.get_formset(request).fk.name}
    fields = [field for field in inline.model._meta.fields if field.editable and field.name not in without]
    made = {field.name: inline.formfield_for_dbfield(field, request) for field in fields}
    return {name: field for name, field in made.items() if field and not field.widget.is_hidden}


def _rows_before(inline, request, story):
    if story is None:
        return []
    stored = inline.get_queryset(request).filter(**{inline.get_formset(request, story).fk.name: story})
    names = list(_columns(inline, request))
    stored = stored.select_related(*[name for name in names if inline.model._meta.get_field(name).is_relation])
    return [_row(inline, {name: getattr(each, name) for name in names}) for each in stored[:MOST_ROWS]]


def _rows_after(inline, request, posted):
    prefix = inline.get_formset(request).get_default_prefix()
    total = posted.get(f"{prefix}-TOTAL_FORMS", "0")
    numbers = range(min(int(total), MOST_ROWS) if is_id(total) else 0)
    kept = [number for number in numbers if not posted.get(f"{prefix}-{number}-DELETE")]
    kept.sort(key=lambda number: _place(posted, f"{prefix}-{number}"))
    cells = {}
    for name, field in _columns(inline, request).items():
        values = [posted.get(f"{prefix}-{number}-{name}", "") for number in kept]
        cells[name] = _in_bulk(field, values) if isinstance(field, forms.ModelChoiceField) else values
    made = [_row(inline, dict(zip(cells, values, strict=True))) for values in zip(*cells.values(), strict=True)]
    return [row for row in made if row]


def _place(posted, row):
    """Rows stand in the order of their numbers; a row without one stands last."""
    order = posted.get(f"{row}-order", "")
    return int(order) if is_id(order) else 10**18


def _in_bulk(field, values):
    known = field.queryset.in_bulk({int(value) for value in values if is_id(value)})
    return [known.get(int(value)) if is_id(value) else None for value in values]


def _row(inline, values):
    """A row in words; empty if nothing is chosen in it."""
    chosen = [value for name, value in values.items() if inline.model._meta.get_field(name).is_relation]
    if not any(chosen):
        return ""
    told = (_cell(inline.model._meta.get_field(name), value) for name, value in values.items())
    return " – ".join(part for part in told if part)


def _cell(field, value):
    return str(dict(field.flatchoices or ()).get(value, value) or "")


# In words ---------------------------------------------------------------------------------


def _compared(before, after):
    """Paragraphs: unchanged ones are left out, changed ones show what went and what came."""
    told = []
    for is_kept, was, now in changes(before, after):
        if is_kept:
            told += ["…"] if not told or told[-1] != "…" else []
            continue
        told += [_paragraph(one, other) for one, other in itertools.zip_longest(was, now, fillvalue="")]
    return format_html_join("", "<p>{}</p>", ([part] for part in told)) if any(part != "…" for part in told) else ""


def _paragraph(before, after):
    parts = []
    for is_kept, was, now in changes(before.split(), after.split()):
        if is_kept:
            parts.append(" ".join(now if len(now) <= 2 * CONTEXT else [*now[:CONTEXT], "…", *now[-CONTEXT:]]))
            continue
        parts += [format_html("<del>{}</del>", " ".join(was))] if was else []
        parts += [format_html("<ins>{}</ins>", " ".join(now))] if now else []
    return format_html_join(" ", "{}", ([part] for part in parts))
