"""The list of stories: its rows and filters."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import InvalidPage
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.admin import tidying
from articles.listings import desk_rows, search
from articles.listings.at_desk import MOST, first_ids
from articles.listings.few import few, lookups
from articles.models import Story
from articles.models.story import Standing

from .days import ByDays
from .lists.figures import FIGURES
from .lists.filters import OrderOfFound


class StoryList(ByDays, ChangeList):
    """Its first thousand stories, and of these a page, in three queries more. Older ones are found by words or by day.

    `asked`: the stories that words and filters leave, of any desk; `ids`: those of the user, in the wanted order.
    """

    def apply_select_related(self, stories):
        return stories  # only their ids are asked for; desk_rows.py reads the rows

    def get_queryset(self, request, exclude_parameters=None):
        reachable = self.root_queryset
        try:
            self.root_queryset = Story.objects.all()
            self.asked = super().get_queryset(request, exclude_parameters)
        finally:
            self.root_queryset = reachable
        return permissions.reachable(request.user, self.asked)

    def get_results(self, request):
        self.among = few(self.asked)
        ids = first_ids(request.user, self.asked, self.among, self._read_order(), MOST + 1)
        self.is_cut = len(ids) > MOST or not (self.among is None or self.among.is_all)
        self.ids = self._sorted(ids[:MOST])
        self.paginator = self.model_admin.get_paginator(request, [*self.ids, *ids[MOST:]], self.list_per_page)
        self.paginator.has_older = self.is_cut
        self.result_count, self.full_result_count, self.show_full_result_count = self.paginator.count, None, False
        self.show_admin_actions = True
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        shown = self.ids
        if self.multi_page and not (self.show_all and self.can_show_all):
            try:
                shown = self.paginator.page(self.page_num).object_list
            except InvalidPage as error:
                raise IncorrectLookupParameters from error
        self.result_list = list(desk_rows.with_credits(desk_rows.rows(shown)).values())

    def _read_order(self):
        """The order in which an index gives the stories: by the time asked for, by `live_from`, or by change."""
        asked = self._asked_order()
        if asked and asked[0].lstrip("-") in ("live_from", "changed_at"):
            return asked[0], f"{'-' * asked[0].startswith('-')}pk"
        bounds = {type(lookup) for lookup in lookups(self.asked, "live_from")}
        if bounds == {GreaterThan}:
            return "live_from", "pk"  # to come: the next first
        return ("-live_from", "-pk") if bounds else ("-changed_at", "-pk")

    def _asked_order(self):
        """The order by columns that the address asks for; [] if it asks for none."""
        return [*self.asked.query.order_by] if ORDER_VAR in self.params else []

    def _sorted(self, ids):
        order = self._asked_order()
        if self.query and not order and self.params.get(OrderOfFound.parameter_name) == OrderOfFound.BEST:
            return search.best_first(self.query, ids, timezone.now())
        if not order or order[0] == self._read_order()[0]:
            return ids
        return list(Story.objects.filter(pk__in=ids).order_by(*order).values_list("pk", flat=True))

    def figures(self, name):
        """{story: figure} of a column that was added, for all rows of this page."""
        known = self.__dict__.setdefault("known_figures", {})
        if name not in known:
            known[name] = FIGURES[name]([story.pk for story in self.result_list])
        return known[name]


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, stories):
        if self.value() not in Standing.values:
            return stories
        return stories.standing(Standing(self.value()), timezone.now())


class TidyFilter(tidying.TidyFilter):
    def lookups(self, request, model_admin):
        return [("unverified", _("unverified for long")), ("overdue", _("due and not released"))]

    def queryset(self, request, stories):
        ask = {"unverified": tidying.unverified, "overdue": tidying.overdue}.get(self.value())
        return stories.filter(pk__in=ask(request.user, timezone.now())) if ask else stories
