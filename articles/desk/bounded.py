"""Lists whose cost does not grow with the archive: they count and show at most `MOST` rows.

Older rows are found by words, by filters or by date.
"""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from .dates import ByDates

MOST = 1_000
SEARCHED = gettext_lazy("Words are looked for in the newest entries; choose a year, a month or a day for older ones.")


class BoundedPaginator(Paginator):
    """Counts no further than `MOST`; `is_more` tells whether there are more rows."""

    has_older = False  # set by a list that did not look at all rows

    @cached_property
    def _counted(self):
        rows = self.object_list
        return rows.order_by()[: MOST + 1].count() if hasattr(rows, "order_by") else len(rows)

    @property
    def count(self):
        return min(self._counted, MOST)

    @property
    def is_more(self):
        return self.has_older or self._counted > MOST


class AheadPaginator(Paginator):
    """Counts nothing: it reads one row more than a page shows, to tell whether there is a next page."""

    def page(self, number):
        number, begin = int(number), (int(number) - 1) * self.per_page
        rows = list(self.object_list[begin : begin + self.per_page + 1])
        return AheadPage(rows[: self.per_page], number, self, is_last=len(rows) <= self.per_page)

    @property
    def num_pages(self):
        return MOST // self.per_page


class AheadPage(Page):
    def __init__(self, rows, number, paginator, is_last):
        super().__init__(rows, number, paginator)
        self.is_last = is_last

    def has_next(self):
        return not self.is_last


class BoundedList(ByDates, ChangeList):
    """The list of every model at the desk that has none of its own.

    `model_admin.beside(rows)`, if there is one, adds to the rows of a page what their columns show.
    `model_admin.are_more_found(request, words)`: whether the list looked at a part of the rows with these words only.
    `model_admin.searched_at_once`: so many of the newest rows, or of the newest of the chosen days, are searched for
    words. It needs a date hierarchy with an index.
    """

    def get_queryset(self, request, exclude_parameters=None):
        most = getattr(self.model_admin, "searched_at_once", None)
        if self.query and most:
            newest = self.of_days(self.model._default_manager.all()).order_by(f"-{self.date_hierarchy}", "-pk")
            self.root_queryset = self.root_queryset.filter(pk__in=newest.values("pk")[:most])
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request, rows):
        """Rows with the same value follow in the direction of the whole list, as in an index of value and id."""
        first, *others = super().get_ordering(request, rows)
        is_forwards = isinstance(first, str) and not first.startswith("-")
        return [first, *("pk" if one == "-pk" and is_forwards else one for one in others)]

    def get_results(self, request):
        super().get_results(request)
        if self.query and hasattr(self.model_admin, "are_more_found") and not self.paginator.is_more:
            self.paginator.has_older = self.model_admin.are_more_found(request, self.query)
        if hasattr(self.model_admin, "beside"):
            self.result_list = list(self.result_list)
            self.model_admin.beside(self.result_list)
