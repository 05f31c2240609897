"""What search engines are told: every live story of an edition, a file a month, and where not to look (rules.md N7)."""

import calendar
import datetime
import itertools

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap, x_robots_tag
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from .delivery import printing
from .models import Story
from .models.story import address_of
from .prepared import Prepared
from .ranges import together

AT_ONCE = 200  # months asked for in one query: SQLite takes 500 parts


class MonthSitemap(Sitemap):
    limit = 50_000  # what one file may hold

    def __init__(self, edition, month):
        self.edition, self.month = edition, month
        self.protocol, self.domain = edition.absolute("").split("://")

    def items(self):
        stories = Story.objects.live(timezone.now()).filter(edition=self.edition, day__range=_span(self.month))
        newest = stories.order_by("-day", "-live_from", "-pk")
        return newest.values_list("day", "slug", "updated_at", "first_published_at", named=True)

    def location(self, story):
        return address_of(story.day, story.slug)

    def lastmod(self, story):
        return story.updated_at or story.first_published_at

    def get_domain(self, site=None):
        return self.domain


@x_robots_tag
def index(request):
    printing.lists(request.edition)
    edition = request.edition
    addresses = (reverse("sitemap_month", args=f"{month:%Y-%m}".split("-")) for month in _months(edition))
    files = [SitemapIndexItem(edition.absolute(address)) for address in addresses]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def month(request, year, month):
    try:
        first = datetime.date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    return sitemap(request, {"stories": MonthSitemap(request.edition, first)})


def _months(edition):
    """The first days of the months that have stories, newest first, each looked up by itself."""
    given = {"at": timezone.now(), "edition": edition.pk}
    found = together({"newest": _newest_day.sql(**given), "oldest": _oldest_day.sql(**given)})
    if not found["newest"]:
        return
    newest, oldest = (datetime.date.fromisoformat(str(found[end][0])).replace(day=1) for end in ("newest", "oldest"))
    every = [
        datetime.date(year, month, 1) for year in range(newest.year, oldest.year - 1, -1) for month in range(12, 0, -1)
    ]
    for some in itertools.batched((month for month in every if oldest <= month <= newest), AT_ONCE):
        spans = {month: dict(zip(("first", "last"), _span(month), strict=True)) for month in some}
        has = together({month: _of_span.sql(**span, **given) for month, span in spans.items()})
        yield from (month for month in some if has[month])


def _span(month):
    return month, month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _within(at, edition, first=datetime.date.min, last=datetime.date.max):
    """Always within days, or SQLite would go by time and sort the whole edition."""
    return Story.objects.live(at).filter(edition=edition, day__range=(first, last))


@Prepared
def _newest_day(at, edition):
    return _within(at, edition).order_by("-day").values("day")[:1]


@Prepared
def _oldest_day(at, edition):
    return _within(at, edition).order_by("day").values("day")[:1]


@Prepared
def _of_span(at, edition, first, last):
    return _within(at, edition, first, last).order_by("-day").values("pk")[:1]


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {request.edition.absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
