"""What every list of the desk has: filters as chips, columns that one may add, and the rows one asks for."""

import functools
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models.desk.saved_view import Listed

from .. import addresses, choosing, saved_views
from ..bounded import BoundedList, BoundedPaginator
from ..fields.written import formatted
from ..filters import OfferedRows
from ..saved_views import COLUMNS

BOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
STAYS = (COLUMNS, ORDER_VAR, IS_POPUP_VAR, TO_FIELD_VAR)


class Chip(NamedTuple):
    """A filter. `chosen`: what it is set to; `without`: the list without it; `choose`: the page of its rows."""

    name: str
    title: str
    chosen: str
    without: str
    choices: list
    choose: str
    is_typed: bool
    hidden: list  # the parameters of the other filters, for the form of one that is typed


class ListParts:
    """Mixin of every ChangeList of the desk."""

    def __init__(self, request, *args):
        self.request = request
        super().__init__(request, *args)
        # Django would look up for each row what the way back to the list is, by all addresses of the site.
        self.way_back, self.preserved_filters = self.preserved_filters, ""

    def get_filters_params(self, params=None):
        """The parameters that filter. The columns do not."""
        filters = super().get_filters_params(params)
        filters.pop(COLUMNS, None)
        return filters

    def url_for_result(self, row):
        address = addresses.of_row(f"{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        return f"{address}?{self.way_back}" if self.way_back else address

    @cached_property
    def chips(self):
        return [self._chip(spec) for spec in self.filter_specs if not getattr(spec, "is_tabs", False)]

    def _chip(self, spec):
        parameters = spec.expected_parameters()
        choices = [choice for choice in spec.choices(self) if choice["query_string"] != self._without(parameters)]
        picked = [str(choice["display"]) for choice in choices if choice["selected"]]
        is_of_rows = isinstance(spec, OfferedRows)
        name = getattr(spec, "parameter_name", None) or getattr(spec, "field_path", "")
        return Chip(
            name=name,
            title=capfirst(spec.title),
            chosen=getattr(spec, "chosen", "") or ", ".join(picked),
            without=self._without(parameters),
            choices=choices,
            choose=self._choose(name) if is_of_rows else "",
            is_typed=getattr(spec, "is_typed", False),
            hidden=self.hidden(parameters),
        )

    def _without(self, parameters):
        """The list without these parameters, by their whole names: Django's own takes every one that begins so."""
        return self.get_query_string(dict.fromkeys(parameters))

    def hidden(self, without=()):
        """[(name, value)] of the parameters in the address, for a form that adds to them."""
        kept = [(name, values) for name, values in self.filter_params.items() if name not in without]
        return [(name, value) for name, values in kept for value in values]

    def _choose(self, name):
        filters = self.get_query_string()[1:]
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_choose", args=[name])
        return f"{address}?{urlencode({'_changelist_filters': filters})}"

    @cached_property
    def is_filtered(self):
        """Whether words, a filter or a day leave rows out; a tab does not count."""
        has_day = self.date_hierarchy and any(name.startswith(f"{self.date_hierarchy}__") for name in self.params)
        return bool(self.query or has_day or any(chip.chosen for chip in self.chips))

    @cached_property
    def tabs(self):
        """The views that stand above the list (saved_views.py)."""
        return [] if self.is_popup else list(self.model_admin.tabs(self))

    @property
    def views_address(self):
        """The page that keeps this list under a name; "" where no views are kept."""
        if not self.model_admin.keeps_views:
            return ""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_views")
        return f"{address}?{urlencode({'_changelist_filters': self.get_query_string()[1:]})}"

    @property
    def plain(self):
        """The list with its columns, without words and filters."""
        return "?" + urlencode([(name, value) for name, value in self.hidden() if name in STAYS])

    @property
    def without_words(self):
        return self.hidden([SEARCH_VAR])

    @property
    def without_columns(self):
        return self.hidden([COLUMNS])

    @property
    def shown_count(self):
        """“1.000”, or “more than 1.000” of a list that shows no more."""
        is_more = getattr(self, "is_cut", False) or getattr(self.paginator, "is_more", False)
        count = number_format(self.result_count, force_grouping=True)
        return _("more than %(count)s") % {"count": count} if is_more else count

    @cached_property
    def columns(self):
        """[(value, label, whether it is shown)] of the columns that may be added."""
        chosen = self.model_admin.chosen_columns(self.request)
        offered = self.model_admin.columns_for(self.request)
        return [(name, label, name in chosen) for name, (_column, label) in offered.items()]


class ListRules:
    """Mixin that the site adds to every ModelAdmin.

    A ModelAdmin may have `get_offered_columns(request)`, {value: (column, label)} of columns that one may add, and
    `get_tabs(request)`: the tabs of the desk as [(value of ?tab=, title)], and {value: number} to be told with them.
    """

    paginator = BoundedPaginator
    show_full_result_count = False
    empty_value_display = '<span class="is-nothing">–</span>'  # on phones, where a row is a card, it is left out
    show_facets = admin.ShowFacets.NEVER  # counts of every choice would cost a query each

    def get_urls(self):
        opts = self.opts
        name = f"{opts.app_label}_{opts.model_name}"
        choose, views = self.admin_site.admin_view(self.choose_view), self.admin_site.admin_view(self.views_view)
        own = [path("choose/<slug:name>/", choose, name=f"{name}_choose")]
        if self.keeps_views:
            own += [path("views/", views, name=f"{name}_views")]
        return [*own, *super().get_urls()]

    def views_view(self, request):
        return saved_views.page(self, request)

    def choose_view(self, request, name):
        return choosing.page(self, request, name)

    def get_changelist(self, request, **kwargs):
        own = super().get_changelist(request, **kwargs)
        return _with_parts(BoundedList if own is ChangeList else own)

    def columns_for(self, request):
        return self.get_offered_columns(request) if hasattr(self, "get_offered_columns") else {}

    def tabs(self, changes):
        built_in, counts = self.get_tabs(changes.request) if hasattr(self, "get_tabs") else ([], {})
        return saved_views.tabs(self, changes, built_in, counts)

    @property
    def keeps_views(self):
        return self.opts.model_name in Listed.values

    def chosen_columns(self, request):
        return [name for name in self.columns_for(request) if name in request.GET.getlist(COLUMNS)]

    def action_checkbox(self, row):
        """The box of a row, whose name says which row it chooses. Django renders a template for each."""
        name = _("Choose “%(row)s”") % {"row": row}
        return formatted(BOX, ACTION_CHECKBOX_NAME, row.pk, name)

    def get_list_display(self, request):
        offered = self.columns_for(request)
        added = [offered[name][0] for name in self.chosen_columns(request)]
        return [*super().get_list_display(request), *added]

    @property
    def media(self):
        """Without Django's script of the actions: static/desk/lists.js takes its place."""
        media = super().media
        scripts = [script for script in media._js if script != "admin/js/actions.js"]  # its address may have a hash
        return forms.Media(css=media._css, js=scripts)


@functools.cache
def _with_parts(base):
    return type(base)(base.__name__, (ListParts, base), {})
