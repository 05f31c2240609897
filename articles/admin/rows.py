"""What is written into a table of rows."""

from django import forms
from django.utils.text import capfirst


class NamedCells:
    """Formsets in which each field has the name of its column, for whoever does not see the column."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                within = getattr(field.widget, "widget", field.widget)  # inside the admin's frame of links
                within.attrs.setdefault("aria-label", capfirst(field.label))


class NamedInlineCells(NamedCells, forms.BaseInlineFormSet):
    pass


class NamedListCells(NamedCells, forms.BaseModelFormSet):
    pass
