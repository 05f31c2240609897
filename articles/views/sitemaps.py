"""Files for search engines: a sitemap per month of an edition's live stories, and robots.txt (rules.md N7)."""

import datetime
import math
from typing import NamedTuple

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap, x_robots_tag
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.each import each
from articles.listings import days
from articles.models import Story
from articles.models.addresses.address import address_of

LIMIT = 50_000  # addresses that one file may hold (rules.md N7)


class MonthSitemap(Sitemap):
    limit = LIMIT

    def __init__(self, edition, month):
        self.edition, self.month = edition, month
        self.protocol, self.domain = edition.absolute("").split("://")

    def stories(self):
        return Story.objects.live(timezone.now()).filter(edition=self.edition, day__range=days.month_of(self.month))

    def items(self):
        newest = self.stories().order_by("-day", "-live_from", "-pk")
        return list(each(newest.values_list("day", "slug", "updated_at", "first_published_at"), _entry))

    def location(self, story):
        return story.address

    def lastmod(self, story):
        return story.changed_at

    def get_domain(self, site=None):
        return self.domain


class Entry(NamedTuple):
    address: str
    changed_at: datetime.datetime


def _entry(row):
    day, slug, updated_at, first_published_at = row
    changed_at = updated_at or first_published_at
    return Entry(
        address_of(day, slug), changed_at and timezone.localtime(changed_at)
    )  # here, so that a failure costs one row


@x_robots_tag
def index(request):
    files = [SitemapIndexItem(request.edition.absolute(address)) for address in _files(request.edition)]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def month(request, year, month):
    try:
        first = datetime.date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    return sitemap(request, {"stories": MonthSitemap(request.edition, first)})


def _files(edition):
    """The addresses of the sitemaps, newest first. A month of more stories than a file may hold has several pages."""
    months = _months(edition)
    crowded = {first for first, _last in days.crowded(edition, [days.month_of(month) for month in months], LIMIT)}
    for month in months:
        address = reverse("sitemap_month", args=f"{month:%Y-%m}".split("-"))
        yield address
        if month in crowded:
            pages = math.ceil(MonthSitemap(edition, month).stories().count() / LIMIT)
            yield from (f"{address}?p={number}" for number in range(2, pages + 1))


def _months(edition):
    """The first days of the months that have stories, newest first."""
    now = timezone.now()
    newest, oldest = days.nearest(edition, now, datetime.date.max, datetime.date.min)
    if newest is None:
        return []
    years = range(newest.year, oldest.year - 1, -1)
    every = [days.month_of(datetime.date(year, month, 1)) for year in years for month in range(12, 0, -1)]
    return [first for first, _last in days.with_stories(edition, now, every)]


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {request.edition.absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
