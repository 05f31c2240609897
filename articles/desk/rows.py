"""Formsets of the desk: a limited number of rows, a name for each cell, and two rows may exchange their values."""

import functools

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Count, OuterRef, Subquery, UniqueConstraint
from django.forms.models import _get_foreign_key
from django.utils.functional import cached_property
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from articles.database.compiled import CompiledQuery

from .constraints import DeskForm
from .fields.choosers import Chooser

MOST = 500  # rows that may be added to a table; one with more rows from elsewhere keeps them


class NamedCells:
    """Formsets whose fields are named after their columns, for people who do not see the columns."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                widget = getattr(field.widget, "widget", field.widget)  # inside the admin's wrapper of links
                widget.attrs.setdefault("aria-label", capfirst(field.label))


class Bounded:
    """Formsets that refuse too many rows before any form is built."""

    @property
    def most(self):
        may_add = min(self.max_num or MOST, MOST)  # 0 is Django's value for "may not add"; such rows are ignored
        return max(may_add, len(self.get_queryset()))

    def is_too_many(self):
        counts = self.management_form.cleaned_data
        return counts.get(forms.formsets.TOTAL_FORM_COUNT, 0) > self.most

    def total_form_count(self):
        return len(self.get_queryset()) if self.is_bound and self.is_too_many() else super().total_form_count()

    def initial_form_count(self):
        return len(self.get_queryset()) if self.is_bound and self.is_too_many() else super().initial_form_count()

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.is_too_many():
            message = _("At most %(most)s rows can stand here: what was sent has more, and nothing was saved.")
            self._non_form_errors = self.error_class([message % {"most": self.most}], error_class="nonform")


class ChosenAtOnce:
    """Formsets that read the rows of their choosers in one query per column, not one or two per row."""

    @cached_property
    def forms(self):
        made = super().forms
        columns = {
            name
            for form in made
            for name, field in form.fields.items()
            if isinstance(field, Chooser) and field.rows_by_id is None
        }
        for name in columns:
            cells = [form[name] for form in made if name in form.fields]
            rows = cells[0].field.rows({str(cell.value() or "") for cell in cells})
            for cell in cells:
                cell.field.rows_by_id = rows
        return made


class RowForm(DeskForm):
    """A row below another. The formset checks uniqueness once for all rows, and names their scripts and styles once."""

    is_of_table = True
    media = forms.Media()


class Rows(NamedCells, Bounded, ChosenAtOnce, forms.BaseInlineFormSet):
    """The rows below another row. They are judged in their final state, so that two may exchange unique values."""

    @cached_property
    def empty_form(self):
        return super().empty_form

    def is_multipart(self):
        return self.empty_form.is_multipart()  # as every row is, and Django would make all of them

    def __getitem__(self, index):
        """A template asks here first for each name that it reads. No form is made to say that a name is no number."""
        if isinstance(index, str):
            raise KeyError(index)
        return super().__getitem__(index)

    @property
    def media(self):
        return sum((field.widget.media for field in self.form.base_fields.values()), forms.Media())

    def add_fields(self, form, index):
        """The row that a hidden field names is one of those that the formset has read."""
        super().add_fields(form, index)
        key = form.fields[self._pk_field.name]
        if isinstance(key, forms.ModelChoiceField):
            known = Chooser(key.queryset, initial=key.initial, required=key.required, widget=key.widget)
            known.rows_by_id = self.stored_by_id
            form.fields[self._pk_field.name] = known

    @cached_property
    def stored_by_id(self):
        return {str(row.pk): row for row in self.get_queryset()}

    def clean(self):
        super().clean()
        if self.instance.pk and not any(self.errors):
            for names in self._unique:
                self._refuse_what_came_meanwhile(names)

    @property
    def _unique(self):
        """The other fields of each unique constraint that includes the parent."""
        constraints = [c for c in self.model._meta.constraints if isinstance(c, UniqueConstraint) and not c.expressions]
        return [[name for name in c.fields if name != self.fk.name] for c in constraints if self.fk.name in c.fields]

    def _refuse_what_came_meanwhile(self, names):
        """Refuses rows that somebody else has added since the form was opened, where they equal what was typed."""
        typed = [form for form in self.forms if form not in self.deleted_forms and {*names} & {*form.changed_data}]
        if not typed:
            return
        here = [form.instance.pk for form in self.initial_forms]
        attnames = [self.model._meta.get_field(name).attname for name in names]
        others = self.model._default_manager.filter(**{self.fk.name: self.instance}).exclude(pk__in=here)
        taken = set(others.values_list(*attnames))
        for form in typed:
            if tuple(getattr(form.instance, name) for name in attnames) in taken:
                form.add_error(NON_FIELD_ERRORS, _("Somebody added this meanwhile: open the form again."))
                raise ValidationError([])

    def get_unique_error_message(self, unique_check):
        fields = [self.model._meta.get_field(name).verbose_name for name in unique_check if name != self.fk.name]
        message = _("%(fields)s: the same stands twice. Take one of the two rows out.")
        return message % {"fields": capfirst(get_text_list(list(map(str, fields)), _("and")))}

    def get_form_error(self):
        return _("This row repeats one above it.")

    def save_existing_objects(self, commit=True):
        """Delete the rows that exchange values before any is saved: the database checks uniqueness row by row."""
        if commit and not self.model._meta.related_objects:
            unique = {name for names in self._unique for name in names}
            gone = self.deleted_forms
            moving = [form for form in self.initial_forms if form in gone or unique & set(form.changed_data)]
            if len(moving) > 1:
                pks = [form.instance.pk for form in moving if form.instance.pk]
                self.model._default_manager.filter(pk__in=pks, **{self.fk.name: self.instance}).delete()
        return super().save_existing_objects(commit)


class ListRows(NamedCells, Bounded, forms.BaseModelFormSet):
    """The rows of an editable list."""


def counted(inlines, parent):
    """{model: how many rows it has below the parent} of these inlines, in one query."""
    below = {one.model: _get_foreign_key(type(parent), one.model, fk_name=one.fk_name).name for one in inlines}
    [counts] = _counts(type(parent), tuple(below.items()))(key=parent.pk) or [[0] * len(below)]
    return dict(zip(below, (count or 0 for count in counts), strict=True))


@functools.cache
def _counts(parent, below):
    """`below`: pairs of a model and its reference to the parent."""

    def build(key):
        of_models = [
            model._default_manager.filter(**{name: OuterRef("pk")}).order_by().values(name) for model, name in below
        ]
        counts = [Subquery(rows.annotate(count=Count("pk")).values("count")) for rows in of_models]
        return parent._base_manager.filter(pk=key).order_by().values_list(*counts)

    return CompiledQuery(build)
