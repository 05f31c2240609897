"""The rows of a table in HTML, written after a pattern: a form is made for one row, whose gaps are filled for each.

Rows as they are stored differ in their numbers and values only. A form for each takes 2,700 calls of functions, a row
after the pattern 500, most of them to read what it shows.
"""

import functools
import re

from django import forms
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

from . import lines
from .choosers import Chooser, Option, option
from .written import escaped

_GAP = "\ue000%s\ue001"  # no text of ours has these letters
_NUMBER, _NAME = _GAP % "#", "as it is called"
_GAPS = re.compile(_GAP % "([^#\ue001]+)")


class Table(InlineAdminFormSet):
    """The rows below a row, whose forms are made only if something else than their HTML is asked for."""

    def __init__(self, table):
        rights = [f"has_{action}_permission" for action in ("add", "change", "delete", "view")]
        super().__init__(
            *(table.opts, table.formset, table.fieldsets, table.prepopulated_fields, table.readonly_fields),
            model_admin=table.model_admin,
            **{right: getattr(table, right) for right in rights},
        )

    @property
    def media(self):
        return self.opts.media + self.formset.media

    def is_as_stored(self):
        """Whether all rows are those of the database, and all cells are fields."""
        is_open = self.has_change_permission and not self.readonly_fields and not self.formset.is_bound
        return is_open and 0 < self.formset.initial_form_count() == self.formset.total_form_count()

    def __iter__(self):
        return self._stored() if self.is_as_stored() else super().__iter__()

    def _stored(self):
        for number, original in enumerate(self.formset.get_queryset()):
            yield self.row(SimpleLazyObject(lambda number=number: self.formset.forms[number]), original)
        if self.has_add_permission:
            yield self.row(self.formset.empty_form, None)

    def row(self, form, original):
        return InlineAdminForm(
            self.formset, form, self.fieldsets, self.prepopulated_fields, original, model_admin=self.opts
        )


def of_table(table):
    """What `lines.of_table` writes, by a pattern where the table allows it."""
    pattern = _Pattern(table) if isinstance(table, Table) and table.is_as_stored() else None
    if not (pattern and pattern.is_known):
        return lines.of_table(table)
    written = [pattern.filled(number, row) for number, row in enumerate(table.formset.get_queryset())]
    if table.has_add_permission:
        written.append(lines.of_row(table, table.row(table.formset.empty_form, None), "empty"))
    return mark_safe("".join(written))  # noqa: S308 (each part is escaped)


class _Later(forms.Widget):
    """In place of a widget that is written once for each value: the gap alone."""

    def render(self, name, value, attrs=None, renderer=None):
        return value


class _Pattern:
    """The HTML of a row with gaps: for its number, for what it is called, and for its values.

    `fill`: {name of a gap: function of a row and its number that writes what stands there}.
    """

    def __init__(self, table):
        self.rows = table.formset.get_queryset()
        self.stored = {field.name: field for field in table.formset.model._meta.fields}
        gaps = {name: _GAP % name for name in self.stored}
        self.form = table.formset._construct_form(0, prefix=table.formset.add_prefix(_NUMBER), initial=gaps)
        self.fill = {_NAME: lambda row, _number: escaped(row)}
        self.is_known = all(self._learns(name) for name in self.form.fields if name in self.stored)
        html = lines.of_row(table, table.row(self.form, _GAP % _NAME), _NUMBER) if self.is_known else ""
        self.parts = _GAPS.split(html)

    def filled(self, number, row):
        """The number is written into what is ours alone, never into what somebody has typed."""
        number, written = str(number), []
        for place, part in enumerate(self.parts):
            written.append(self.fill[part](row, number) if place % 2 else part.replace(_NUMBER, number))
        return "".join(written)

    def _learns(self, name):
        """Whether fields of this kind can be filled."""
        field = self.form.fields[name]
        if field.widget.is_hidden or isinstance(field.widget, forms.Textarea) or _is_filled_in(field):
            self.fill[name] = self._text(name, field)
        elif type(field.widget) is forms.Select and not isinstance(field, Chooser):
            self.fill[name] = self._choice(name, field)
        elif isinstance(field, Chooser):
            return self._learns_chosen(name, field)
        else:
            return False
        return True

    def _value(self, name, row):
        return self.form.fields[name].prepare_value(self.stored[name].value_from_object(row))

    def _text(self, name, field):
        return lambda row, _number: escaped(field.widget.format_value(self._value(name, row)) or "")

    def _choice(self, name, field):
        widget, field.widget = field.widget, _Later()

        @functools.cache
        def written(value):
            bound = field.get_bound_field(self.form, name)
            bound.initial = value
            return bound.as_widget(widget)

        return lambda row, number: written(self._value(name, row)).replace(_NUMBER, number)

    def _learns_chosen(self, name, field):
        """Whether all chosen rows may be chosen; those that may not are not shown."""
        keys = {str(self._value(name, row)) for row in self.rows}
        options = {key: option(row) for key, row in field.rows(keys).items()}
        gaps = Option(*(name + part for part in ("", ".label", ".told")))
        field.rows_by_id = {_GAP % name: Option(*(_GAP % part for part in gaps))}
        for place, gap in enumerate(gaps):
            self.fill[gap] = lambda row, _number, place=place: escaped(options[str(self._value(name, row))][place])
        return keys == options.keys()


def _is_filled_in(field):
    """An empty one would have no value in HTML, where the pattern has a gap."""
    return field.required and isinstance(field.widget, forms.TextInput | forms.NumberInput)
