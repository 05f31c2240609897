"""The rows of a list in HTML, as Django writes them, for lists whose rows are no forms.

Django finds out for each cell what its column is, and escapes the cell three times; here it is found once a column.
"""

from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import DateField, ForeignKey, TimeField
from django.utils.safestring import SafeString, mark_safe

from ..fields.written import escaped


def rows(changes):
    """The `<tr>` of each row of the page."""
    columns, headings = [], iter(["th"])  # the first cell that leads to its row is the heading of the row
    for name in changes.list_display:
        leads = name in (changes.list_display_links or ())
        columns.append(_Column(changes, name, leads, next(headings, "td") if leads else "td"))
    cells = ["".join([column.cell(row) for column in columns]) for row in changes.result_list]
    return mark_safe("".join(f"<tr>{row}</tr>" for row in cells))  # noqa: S308 (each cell is escaped)


class _Column:
    def __init__(self, changes, name, leads, tag):
        self.changes, self.name, self.leads = changes, name, leads
        self.admin = changes.model_admin
        self.field = _field(changes.model, name)
        self.method = None if self.field or name == "__str__" else getattr(self.admin, name, None)
        self.empty = getattr(self.method, "empty_value_display", self.admin.get_empty_value_display())
        self.is_boolean = getattr(self.method, "boolean", False)
        self.begin, self.end = f'<{tag} class="{self._class()}">', f"</{tag}>"

    def _class(self):
        if self.name == "action_checkbox":
            return "action-checkbox"
        is_short = isinstance(self.field, DateField | TimeField | ForeignKey)
        return f"field-{self.name} nowrap" if is_short else f"field-{self.name}"

    def cell(self, row):
        try:
            value = self._shown(row)
        except ObjectDoesNotExist:
            value = self.empty
        shown = escaped(value)
        return f"{self.begin}{self._linked(row, shown) if self.leads else shown}{self.end}"

    def _shown(self, row):
        if self.method:
            value = self.method(row)
            is_html = type(value) is SafeString and value and not self.is_boolean
            return value if is_html else display_for_value(value, self.empty, self.is_boolean)
        _field, attribute, value = lookup_field(self.name, row, self.admin)
        if isinstance(self.field, ForeignKey):
            return self.empty if value is None else value
        if self.field:
            return display_for_field(value, self.field, self.empty, avoid_link=self.leads)
        return display_for_value(value, getattr(attribute, "empty_value_display", self.empty))

    def _linked(self, row, shown):
        opener = ""
        if self.changes.is_popup:
            key = row.serializable_value(self.changes.to_field or self.changes.pk_attname)
            opener = f' data-popup-opener="{escaped(key)}"'
        return f'<a href="{escaped(self.changes.url_for_result(row))}"{opener}>{shown}</a>'


def _field(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
