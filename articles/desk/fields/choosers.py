"""Fields that choose a row of another table."""

from typing import NamedTuple

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Permission
from django.forms.models import ModelChoiceIterator

from .. import shown
from ..bounded import MOST, AheadPaginator
from ..labels import chosen, label, of_permission, with_details, without_edition
from ..values import is_id

LONGEST_SEARCH = 200


class Offered(ModelChoiceIterator):
    """The rows of a list of choices, with the details of their labels. Their SQL is written only if they are shown: a
    field asks for the first choice, the empty one, to learn whether a browser may demand another."""

    def __iter__(self):
        choices = super().__iter__()
        if self.field.empty_label is not None:
            yield next(choices)
        self.queryset = with_details(self.queryset)  # which Django reads after the empty choice
        yield from choices


class Chooser(forms.ModelChoiceField):
    """`rows_by_id`: {id: row} of the rows that were read for a whole column of such fields (rows.py).

    `is_of_one_edition`: the form knows the edition of the sections that it offers.
    """

    iterator = Offered
    rows_by_id = None
    is_of_one_edition = False

    def label_from_instance(self, row):
        return label(row)

    def rows(self, ids):
        """{id: row} of the rows that may be chosen."""
        ids = list(filter(is_id, ids))
        rows = chosen(self.queryset, ids) if ids else []
        return {str(row.pk): without_edition(row) if self.is_of_one_edition else row for row in rows}

    def to_python(self, value):
        if self.rows_by_id is None or not isinstance(value, str) or value in self.empty_values or not is_id(value):
            return super().to_python(value)
        return self.rows_by_id.get(str(int(value))) or super().to_python(value)


class ManyChooser(forms.ModelMultipleChoiceField):
    """Chooses several rows. A value that cannot be an id is refused before any query.

    Permissions of taggit's own tables are not offered: those are empty, our tags have a table of their own.
    """

    def __init__(self, queryset, **kwargs):
        if queryset.model is Permission:
            queryset = queryset.exclude(content_type__app_label="taggit")
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, row):
        return of_permission(row) if isinstance(row, Permission) else super().label_from_instance(row)

    def _check_values(self, value):
        for one in value:
            if not is_id(one):
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, code="invalid_pk_value", params={"pk": one})
        return super()._check_values(value)


class Option(NamedTuple):
    """A chosen row as a list of choices shows it."""

    value: object
    label: str
    told: str  # what scripts are told of it


def option(row):
    if isinstance(row, Option):
        return row
    words = label(row)
    return Option(row.pk, words, shown.as_attribute(row, words))


class ChooserSelect(AutocompleteSelect):
    """Shows the chosen rows, each with what scripts are told of it. A value that cannot be an id is not shown again."""

    def optgroups(self, name, value, attr=None):
        field = self.choices.field
        rows = field.rows(value) if getattr(field, "rows_by_id", None) is None else field.rows_by_id
        chosen = [rows[one] for one in map(str, value) if one in rows]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self._chosen(name, row, number) for number, row in enumerate(chosen, 1)]
        return [(None, options, 0)]

    def _chosen(self, name, row, number):
        value, words, told = option(row)
        made = self.create_option(name, value, words, True, number)
        return {**made, "attrs": {**made["attrs"], "data-row": told}}


class Answers(AutocompleteJsonView):
    """The answers to a chooser while somebody types."""

    paginator_class = AheadPaginator

    def get_paginator(self, *args, **kwargs):
        return self.paginator_class(*args, **kwargs)

    def get_queryset(self):
        """An admin's `first_to_choose(request, words, most)` gives the ids of rows that are too many to be ordered."""
        if not hasattr(self.model_admin, "first_to_choose"):
            return with_details(super().get_queryset())
        ids = self.model_admin.first_to_choose(self.request, self.term.strip()[:LONGEST_SEARCH], MOST)
        rows = self.model_admin.model._default_manager.filter(pk__in=ids)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        return with_details(rows.order_by(*self.model_admin.get_ordering(self.request)))

    def serialize_result(self, row, to_field_name):
        if self.request.GET.get("of_edition"):
            without_edition(row)
        return {**shown.of(row), "id": str(getattr(row, to_field_name)), "text": label(row)}
