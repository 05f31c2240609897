"""Pages of stories and lists: `?page=N`."""

import re
from typing import NamedTuple

from django.http import Http404
from django.templatetags.static import static

A_PAGE = 20
MOST_PAGES = 50
AHEAD = "site/next.speculationrules"  # a link to the next page is enough; an older browser leaves it alone
_NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z", re.ASCII)


class Pager(NamedTuple):
    """The page that a reader is on, of `total`; `number` is None if all are shown at once."""

    number: int | None
    total: int

    @property
    def previous(self):
        return self.number - 1 if self.number and self.number > 1 else None

    @property
    def next(self):
        return self.number + 1 if self.number and self.number < self.total else None

    @property
    def shown(self):
        """The numbers of the first, the last and the neighbouring pages; None is a gap."""
        near = {1, self.total, *range(self.number - 1, self.number + 2)} & set(range(1, self.total + 1))
        numbers = []
        for number in sorted(near):
            if numbers and number > numbers[-1] + 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def wanted_page(request, last, all_allowed=False):
    """The page that the address asks for, as a Pager; 404 if the list does not have it (rules.md A11)."""
    asked = request.GET.get("page", "1")
    if asked == "all" and all_allowed:
        return Pager(None, last)
    if not _NUMBER.match(asked) or int(asked) > last:
        raise Http404
    return Pager(int(asked), last)


def paged(request, rows):
    """(Pager, rows of its page). Only the first `MOST_PAGES` pages exist, and rows beyond them are not counted."""
    count = rows.order_by().values("pk")[: A_PAGE * MOST_PAGES].count()
    pager = wanted_page(request, max(1, -(-count // A_PAGE)))
    start = (pager.number - 1) * A_PAGE
    return pager, rows[start : start + A_PAGE]


def page_query(number, query=""):
    """The query of a page's address: the first page has no number, and None means all pages at once.

    `query`: the other parameters of the address, such as "role=editor".
    """
    page = {None: "page=all", 1: ""}.get(number, f"page={number}")
    joined = "&".join(filter(None, [query, page]))
    return f"?{joined}" if joined else ""


def ahead(response, pager):
    """Let browsers fetch the next page while its reader reaches for it, by the rule of `AHEAD`."""
    if pager and pager.next:
        response["Speculation-Rules"] = f'"{static(AHEAD)}"'
    return response
