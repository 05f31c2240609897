"""The filters of a list by rows of other tables. Each is a chip above the list (lists.py).

A filter asks the database only for what it shows: the name of the chosen row. The rows that may be chosen are read when
somebody asks for them, on a page of their own (choosing.py).
"""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.sites import site
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Edition, Person, Series, Tag

from .values import is_id

SHARED = (Person, Series, Tag)  # everybody at a desk may know their names


def offered(request, model):
    """The rows of `model` that the user may know, so that a filter may name them."""
    rows = model._default_manager.all()
    return rows if model in SHARED else rows.filter(pk__in=site._registry[model].get_queryset(request).values("pk"))


class OfferedRows:
    """Mixin of a filter. `of`: the model of its rows; `keys`: the chosen ids; `parameter`: the name in the address."""

    def has_output(self):
        """A filter by edition is idle for somebody who works in one edition only."""
        return self.of is not Edition or bool(self.keys) or works_in_several(self.request.user)

    @cached_property
    def chosen(self):
        """The names of the chosen rows; "" without any."""
        if not self.keys:
            return ""
        names = {row.pk: str(row) for row in offered(self.request, self.of).filter(pk__in=self.keys)}
        return ", ".join(names.get(int(key), f"№ {key}") for key in self.keys)


class OfferedFilter(OfferedRows, admin.FieldListFilter):
    """A filter by a foreign key."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.of = field.related_model
        self.parameter = f"{field_path}__{field.target_field.name}__exact"
        self.parameter_of_none = f"{field_path}__isnull"
        super().__init__(field, request, params, model, model_admin, field_path)

    @property
    def keys(self):
        return [key for key in _flat(self.used_parameters.get(self.parameter, [])) if is_id(key)]

    def expected_parameters(self):
        return [self.parameter, self.parameter_of_none]

    def choices(self, changes):
        if not self.field.null:
            return
        is_chosen = bool(self.used_parameters.get(self.parameter_of_none))
        yield {
            "selected": is_chosen,
            "query_string": changes.get_query_string({self.parameter_of_none: "True"}, [self.parameter]),
            "display": _("none"),
        }


class ByRow(OfferedRows, admin.SimpleListFilter):
    """A filter by rows that lead to the listed ones over a table between: authors, tags. `ids(key)`: those listed."""

    @property
    def parameter(self):
        return self.parameter_name

    @property
    def keys(self):
        return [self.value()] if self.value() else []

    def lookups(self, request, model_admin):
        return []

    def choices(self, changes):
        return []

    def queryset(self, request, rows):
        if not self.value():
            return rows
        if not is_id(self.value()):
            raise IncorrectLookupParameters
        return rows.filter(pk__in=self.ids(self.value()))


def works_in_several(user):
    """Whether somebody can see rows of more than one edition."""
    editions = {membership.edition_id for membership in permissions.memberships(user)}
    return user.is_superuser or None in editions or len(editions) > 1


def _flat(values):
    for value in values if isinstance(values, list | tuple) else [values]:
        yield from _flat(value) if isinstance(value, list | tuple) else [str(value)]
