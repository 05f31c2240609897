"""The lines of a form and the rows of its tables in HTML, as the admin marks them for its styles and scripts.

A story's form has thirty lines and some twenty cells. A template takes 600 calls of functions for each besides its
field, this 50.
"""

from django.contrib.admin.templatetags.admin_modify import cell_count
from django.utils.safestring import mark_safe

from .written import escaped


def of_group(fieldset):
    """The lines of a Fieldset of the admin."""
    written = (_line(field, line.has_visible_field) for line in fieldset for field in line)
    return mark_safe("\n".join(written))  # noqa: S308 (each part is escaped)


def _line(field, is_visible):
    part = _Readonly(field) if field.is_readonly else _Open(field)
    errors = f" {part.errors}" if part.errors else ""
    classes = f"flex-container{' errors' if errors else ''}{' checkbox-row' if field.is_checkbox else ''}"
    label = field.label_tag()
    if field.is_checkbox:
        before, after = f'<div class="checkbox">{part.html}{label}</div>', ""
    else:
        before, after = "" if part.is_fieldset else label, part.html
    row = f'<div class="{classes}">{before} {part.help}{errors} {after}</div>'
    if part.is_fieldset:
        about = f' aria-describedby="{part.place}_helptext"' if part.help else ""
        row = f"<fieldset{about}>{label} {row}</fieldset>"
    return f'<div class="form-row{"" if is_visible else " hidden"} field-{escaped(part.name)}">{row}</div>'


class _Open:
    """A field that may be changed."""

    def __init__(self, field):
        bound = field.field
        self.name, self.place, self.errors = bound.name, escaped(bound.id_for_label), bound.errors
        self.html, self.is_fieldset = bound, field.is_fieldset
        self.help = _help(bound.help_text, self.place)


class _Readonly:
    """One that is only shown."""

    errors, is_fieldset = "", False

    def __init__(self, field):
        self.name = field.field["name"]
        self.help = _help(field.field["help_text"], "")
        self.html = f'<div class="readonly">{field.contents()}</div>'


def _help(text, place):
    where = f' id="{place}_helptext"' if place else ""
    return f'<div class="help"{where}><div>{text}</div></div>' if text else ""


def of_table(table):
    """The rows of an InlineAdminFormSet whose rows have no pages of their own."""
    rows = list(table)
    names = [str(number) for number in range(len(rows))]
    if table.has_add_permission:
        names[-1] = "empty"
    written = (of_row(table, row, name) for row, name in zip(rows, names, strict=True))
    return mark_safe("".join(written))  # noqa: S308 (each part is escaped)


def of_row(table, row, name):
    kind = f"form-row {'has_original' if row.original else ''}{' empty-form' if name == 'empty' else ''}"
    original = f"<p> {escaped(row.original)} </p>" if row.original else ""
    key, parent = row.pk_field().field if row.needs_explicit_pk_field() else "", row.fk_field().field
    cells = "".join(_cell(field) for fieldset in row for line in fieldset for field in line)
    can_be_deleted = table.formset.can_delete and table.has_delete_permission and row.original
    deletion = row.deletion_field().field if can_be_deleted else ""
    return (
        f'{_errors_of(row)}<tr class="{kind}" id="{escaped(table.formset.prefix)}-{name}">'
        f'<td class="original"> {original} {key} {parent} </td>\n{cells}<td class="delete">{deletion}</td></tr>\n'
    )


def _errors_of(row):
    errors = row.form.non_field_errors()
    if not errors:
        return ""
    return f'<tr class="row-form-errors"><td colspan="{cell_count(row)}">{errors}</td></tr>\n'


def _cell(field):
    if field.is_readonly:
        name, is_hidden, inside = field.field["name"], field.field["is_hidden"], f"<p>{field.contents()}</p>"
    else:
        name, is_hidden = field.field.name, field.field.is_hidden
        inside = f"{field.field.errors.as_ul()} {field.field}"
    return f'<td class="field-{escaped(name)}{" hidden" if is_hidden else ""}"> {inside} </td>\n'
