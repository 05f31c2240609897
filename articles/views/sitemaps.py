"""Files for search engines: sitemaps of an edition, and one of the news of two days (rules.md N)."""

import datetime
import math
import uuid
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles import photos, tracking
from articles.each import each
from articles.feeds.xml import HEAD, element
from articles.listings import days
from articles.models import Person, Story, Tag
from articles.models.addresses.address import address_of
from articles.models.label import Label
from articles.tracking import cacheable

LIMIT = 50_000  # addresses that one file may hold (rules.md N7)
NEWS_LIMIT = 1_000  # (N2)
NEWS = datetime.timedelta(days=2)  # since the first publication (N1)
NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns__image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns__news": "http://www.google.com/schemas/sitemap-news/0.9",
}
PHOTO = ["hash", "width", "height", "focal_x", "focal_y", "rights_end_at", "uid"]


class Picture(NamedTuple):
    """The columns of a photo from which the address of a rendition is made, named as in PHOTO."""

    hash: str
    width: int
    height: int
    focal_x: float
    focal_y: float
    rights_end_at: datetime.datetime | None
    uid: uuid.UUID


@cacheable()
def index(request):
    absolute = request.edition.absolute
    files = [element("sitemap", parts=[element("loc", absolute(path))]) for path in _files(request.edition)]
    return _xml(element("sitemapindex", parts=files, xmlns=NAMESPACES["xmlns"]))


@cacheable("p")
def month(request, year, month):
    """The live stories of a month, each with its lead photo; 404 if there is none."""
    try:
        first = datetime.date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    columns = ["uid", "day", "slug", "updated_at", "first_published_at", *(f"lead_photo__{name}" for name in PHOTO)]
    newest = _of_month(request.edition, first).order_by("-day", "-live_from", "-pk").values_list(*columns)
    rows = _part(request, newest, LIMIT)
    _depend_on(request.edition, rows)
    if not rows:
        raise Http404
    return _urlset(each(rows, lambda row: _entry(row, request.edition)))


@cacheable("p")
def news(request):
    """Stories first published within two days; an empty list if there is none (N6). Nothing that is paid for (D7)."""
    edition = request.edition
    rows = _part(request, _recent(edition).newest(), NEWS_LIMIT)
    for story in rows:
        tracking.valid_until(story.first_published_at + NEWS)
    return _urlset(each(rows, lambda story: _news(story, edition)))


@cacheable()
def sections(request):
    absolute = request.edition.absolute
    return _urlset(_url(absolute(section.get_absolute_url())) for section in request.edition.shown_sections)


@cacheable("p")
def tags(request):
    return _of_rows(request, Tag, "tag_links")


@cacheable("p")
def people(request):
    return _of_rows(request, Person, "credits")


def _of_rows(request, model, links):
    """The pages of tags or people that have live stories in this edition, each with the time of its newest one."""
    edition, now = request.edition, timezone.now()
    of_row = {f"{links}__edition": edition, f"{links}__{model._meta.model_name}": OuterRef("pk")}
    tracking.depends_on(f"e{edition.pk}+", f"g{edition.pk}")
    stories = Story.objects.untracked("the lists of the edition are noted").live(now)
    newest = stories.filter(**of_row).order_by(f"-{links}__live_from").values("live_from")[:1]
    rows = model.objects.annotate(newest=Subquery(newest)).filter(newest__isnull=False).order_by("pk")
    found = _part(request, rows, LIMIT)
    return _urlset(_url(edition.absolute(row.get_absolute_url()), row.newest) for row in found)


def _part(request, rows, limit):
    """The rows of the file that `?p=` asks for; 404 beyond the last one."""
    asked = request.GET.get("p", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:5]) < 1_000):
        raise Http404
    start = (int(asked) - 1) * limit
    found = list(rows[start : start + limit])
    if start and not found:
        raise Http404
    return found


def _entry(row, edition):
    _uid, day, slug, updated_at, first_published_at, *of_photo = row
    picture = Picture(*of_photo) if of_photo[-1] else None
    is_shown = picture and (picture.rights_end_at is None or picture.rights_end_at > timezone.now())
    image = is_shown and edition.absolute(photos.address(picture, "16x9", 1280, "jpg"))
    return _url(edition.absolute(address_of(day, slug)), updated_at or first_published_at, image)


def _news(story, edition):
    first = timezone.localtime(story.first_published_at, edition.zone).isoformat(timespec="seconds")
    publication = [element("news:name", edition.name), element("news:language", edition.language)]
    parts = [
        element("news:publication", parts=publication),
        element("news:publication_date", first),
        element("news:title", story.headline),
    ]
    changed_at = story.updated_at or story.first_published_at
    news = element("news:news", parts=parts)
    return _url(edition.absolute(story.get_absolute_url()), changed_at, more=news)


def _url(address, changed_at=None, image=None, more=""):
    changed = [element("lastmod", timezone.localtime(changed_at).isoformat(timespec="seconds"))] if changed_at else []
    images = [element("image:image", parts=[element("image:loc", image)])] if image else []
    return element("url", parts=[element("loc", address), *changed, *images, more])


def _urlset(urls):
    return _xml(element("urlset", parts=urls, **NAMESPACES))


def _xml(root):
    response = HttpResponse(HEAD + root, content_type="application/xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"  # the file; not what it lists
    return response


def _recent(edition):
    """Both times, because the first has an index; a story is never live before it is published."""
    since = timezone.now() - NEWS
    recent = Story.objects.live(timezone.now()).filter(edition=edition, live_from__gt=since)
    return recent.filter(first_published_at__gt=since).exclude(label=Label.ADVERTORIAL)


def _of_month(edition, first):
    stories = Story.objects.untracked("the list of the edition and each story are noted")
    return stories.live(timezone.now()).filter(edition=edition, day__range=days.month_of(first))


def _depend_on(edition, rows):
    """Columns without their rows note nothing by themselves."""
    tracking.depends_on(f"e{edition.pk}+", *(f"s{row[0].hex}" for row in rows))
    tracking.depends_on(*(f"f{row[-1].hex}" for row in rows if row[-1]))


def _files(edition):
    """The paths of the sitemaps. What is more than a file may hold has several parts (N2, N7)."""
    yield from _parts(reverse("sitemap_news"), _recent(edition).count(), NEWS_LIMIT)
    yield from (reverse(name) for name in ("sitemap_sections", "sitemap_tags", "sitemap_people"))
    months = _months(edition)
    crowded = {first for first, _last in days.crowded(edition, [days.month_of(month) for month in months], LIMIT)}
    for month in months:
        count = _of_month(edition, month).count() if month in crowded else 1
        yield from _parts(reverse("sitemap_month", args=f"{month:%Y-%m}".split("-")), count, LIMIT)


def _parts(address, count, limit):
    yield address
    yield from (f"{address}?p={number}" for number in range(2, math.ceil(count / limit) + 1))


def _months(edition):
    """The first days of the months that have stories, newest first."""
    now = timezone.now()
    newest, oldest = days.nearest(edition, now, datetime.date.max, datetime.date.min)
    if newest is None:
        return []
    years = range(newest.year, oldest.year - 1, -1)
    every = [days.month_of(datetime.date(year, month, 1)) for year in years for month in range(12, 0, -1)]
    return [first for first, _last in days.with_stories(edition, now, every)]
