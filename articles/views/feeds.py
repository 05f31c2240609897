"""Feeds of an edition, its network, its corrections, a section, a tag, a series, a person (rules.md F)."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from articles import feeds, photos
from articles.each import each
from articles.models import Correction, Credit, Person, Series, Story, Tag
from articles.models.correction import Kind
from articles.models.person import Role
from articles.models.section import family
from articles.models.story_queryset import PARTS
from articles.text import letters
from articles.tracking import cacheable

from .lists import live, live_by
from .moving import by_slug, moved

A_FEED, MOST_PAGES, MOST_WITHDRAWN = 20, 50, 20


@cacheable("page")
def edition(request, kind):
    return _of_stories(request, kind, reverse("feed"), live(request), Story.objects)


@cacheable("page")
def network(request, kind):
    """The stories of every edition of the network."""
    network = request.edition.network
    stories = Story.objects.live(timezone.now()).filter(edition__network=network).newest()
    title = _("Latest from %(network)s") % {"network": network.name}
    page = f"{reverse('latest')}?network=1"
    return _of_stories(request, kind, reverse("feed_network"), stories, None, title=title, page=page)


@cacheable("page")
def section(request, slug, kind):
    sections, right_slug = request.edition.shown_sections, letters.slug(slug)
    row = next((one for one in sections if one.slug == right_slug), None)
    if row is None:
        raise Http404
    members = [one.pk for one in family(row, sections)]
    narrowed = {"section__in": members}
    base, title = f"{row.get_absolute_url()}feed/", f"{row.name} – {request.edition.name}"
    stories = live(request).filter(**narrowed)
    return _of_stories(request, kind, base, stories, Story.objects.filter(**narrowed), title=title)


@cacheable("page")
def tag(request, slug, kind):
    row = by_slug(Tag.objects, slug)
    stories = live_by("tag_links", edition=request.edition, tag=row)
    return _of_row(request, kind, row, row.name, stories, Story.objects.filter(tag_links__tag=row))


@cacheable("page")
def series(request, slug, kind):
    row = by_slug(Series.objects, slug)
    narrowed = {"series": row}
    return _of_row(request, kind, row, row.kicker, live(request).filter(**narrowed), Story.objects.filter(**narrowed))


@cacheable("page")
def person(request, slug, kind):
    """What somebody wrote."""
    row = by_slug(Person.objects, slug)
    stories = live_by("credits", edition=request.edition, person=row, role=Role.AUTHOR)
    written = Credit.objects.filter(person=row, role=Role.AUTHOR, edition=request.edition).values("story")
    return _of_row(request, kind, row, row.name, stories, Story.objects.filter(pk__in=written))


@cacheable("page")
def corrections(request, kind):
    """Each correction, reply and withdrawal as an entry of its own."""
    now = timezone.now()
    stories = Story.objects.live(now) | Story.objects.withdrawn(now)
    rows = Correction.objects.filter(story__edition=request.edition, story__in=stories)
    page, number, has_next = _page(request, rows.select_related("story__edition"))
    entries = list(each(page, feeds.of_correction))
    title = f"{_('Corrections')} – {request.edition.name}"
    base = f"{reverse('corrections')}feed/"
    return _answer(request, kind, base, title, reverse("corrections"), entries, [], [], number, has_next)


def _of_row(request, kind, row, name, stories, of_row):
    """The feed of a tag, series or person: 404 without stories, because its name may not be public (rules.md W3)."""
    base = f"{row.get_absolute_url()}feed/"
    title = f"{name} – {request.edition.name}"
    return _of_stories(request, kind, base, stories, of_row, title=title, empty_is_missing=True)


def _of_stories(request, kind, base, stories, of_list, title="", page="", empty_is_missing=False):
    """`of_list`: the stories of the list in any state, to tell which of them were withdrawn; None tells of none."""
    now = timezone.now()
    address = f"{base}{kind}/" if kind else base
    if request.path != address:
        return moved(request, address)
    rows, number, has_next = _page(request, stories.select_related("edition", "series", "lead_photo"), *PARTS)
    if empty_is_missing and not rows:
        raise Http404
    gone = _withdrawn(request.edition, of_list, now) if of_list is not None and number == 1 else []
    times = [story.changed_at for story in rows if story.changed_at and story.changed_at <= now]
    times += [story.lead_photo.rights_end_at for story in rows if story.lead_photo]
    entries = feeds.of_stories(rows, now)
    page = page or base.removesuffix("feed/")
    return _answer(request, kind, base, title, page, entries, gone, times, number, has_next)


def _page(request, rows, *parts):
    """(rows of the page asked for, its number, whether there is a next one); 404 if there is no such page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and asked[0] != "0" and len(asked) < 4 and int(asked) <= MOST_PAGES):
        raise Http404
    number = int(asked)
    start = (number - 1) * A_FEED
    found = list(rows.prefetch_related(*(Prefetch(part, PARTS[part]) for part in parts))[start : start + A_FEED + 1])
    if number > 1 and not found:
        raise Http404
    return found[:A_FEED], number, len(found) > A_FEED and number < MOST_PAGES


def _withdrawn(edition, of_list, now):
    """The newest withdrawals of the list, for readers that still have these stories."""
    had = of_list.filter(edition=edition).withdrawn(now)
    rows = Correction.objects.filter(kind=Kind.WITHDRAWAL, story__edition=edition, story__in=had)
    newest = rows.select_related("story").order_by("-at", "-pk")[:MOST_WITHDRAWN]
    return [feeds.Withdrawn(f"urn:uuid:{row.story.uid}", row.at) for row in newest]


def _answer(request, kind, base, title, page, entries, gone, times, number, has_next):
    edition = request.edition
    told = [*(entry.updated for entry in entries), *(one.at for one in gone)]
    media_type, write = feeds.FORMATS[kind or ""]
    feed = feeds.Feed(
        title=title or edition.name,
        description=edition.tagline or edition.name,
        address=edition.absolute(page),
        edition=(edition.name, edition.absolute("/")),
        language=edition.language,
        icon=icon(edition),
        pages=_pages(edition.absolute(f"{base}{kind}/" if kind else base), number, has_next),
        entries=entries,
        withdrawn=gone,
        updated=max(told, default=None),
    )
    response = HttpResponse(write(feed), content_type=f"{media_type}; charset=utf-8")
    past = [at for at in [*told, *filter(None, times)] if at <= timezone.now()]
    if past:
        response["Last-Modified"] = http_date(max(past).timestamp())
    return response


def _pages(first, number, has_next):
    """The links between the pages of a feed (RFC 5005)."""
    at = {"first": 1, "self": number, "previous": number - 1, "next": number + 1 if has_next else 0}
    return {rel: first if page == 1 else f"{first}?page={page}" for rel, page in at.items() if page}


def icon(edition):
    logo = edition.logo
    is_shown = logo and logo.is_usable(timezone.now())
    return edition.absolute(photos.address(logo, "1x1", 160, "jpg")) if is_shown else ""
