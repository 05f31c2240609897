"""The lists that stories stand in: sections, tags, series and people. Only what readers find stories of is named."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles import photos, tracking
from articles.models import Person, Series, Story, Tag
from articles.tracking import cacheable

from . import asked
from .answering import answers, listed

NOTED = "the lists of the edition are noted"


@cacheable()
@answers
def sections(request):
    """All of the edition, in its order."""
    every = request.edition.shown_sections
    slugs = {section.pk: section.slug for section in every}
    return listed([_section(section, slugs.get(section.parent_id), request.edition) for section in every])


@cacheable("cursor", "limit")
@answers
def tags(request):
    linked = {"tag_links__edition": request.edition, "tag_links__tag": OuterRef("pk")}
    return _page(request, _with_stories(request, Tag, linked, "-tag_links__live_from"), _tag)


@cacheable("cursor", "limit")
@answers
def series(request):
    within = {"edition": request.edition, "series": OuterRef("pk")}
    return _page(request, _with_stories(request, Series, within, "-live_from"), _series)


@cacheable("cursor", "limit")
@answers
def people(request):
    """Everybody with a part in a story: what the byline names, and no more."""
    linked = {"credits__edition": request.edition, "credits__person": OuterRef("pk")}
    return _page(
        request, _with_stories(request, Person, linked, "-credits__live_from").select_related("portrait"), _person
    )


def _with_stories(request, model, of_row, newest_first):
    """The rows that have a live story here. The newest of each is asked for, which is one step in the index of its
    links; asked whether there is any, a database may read all stories. Links repeat the edition: were the stories
    filtered by it, too, SQLite would read all of the edition for each row."""
    tracking.depends_on(f"e{request.edition.pk}+", f"g{request.edition.pk}")
    live = Story.objects.untracked(NOTED).live(timezone.now()).filter(**of_row)
    newest = Subquery(live.order_by(newest_first).values("pk")[:1])
    return model.objects.alias(newest=newest).filter(newest__isnull=False)


def _page(request, rows, told):
    """A page of rows in the order of their slugs."""
    most, name = asked.limit(request), asked.name_of(request)
    if after := asked.place(request, name):
        rows = rows.filter(slug__gt=after[0])
    found = list(rows.order_by("slug")[: most + 1])
    shown = found[:most]
    following = asked.following(request, name, shown[-1].slug) if len(found) > most else ""
    return listed([told(row, request.edition) for row in shown], following)


def _section(section, outer, edition):
    told = {"name": section.name, "slug": section.slug, "description": section.description, "partOf": outer}
    return _filled(told) | _addresses(section, "section", edition)


def _tag(tag, edition):
    return {"name": tag.name, "slug": tag.slug} | _addresses(tag, "tag", edition)


def _series(series, edition):
    day_one = series.day_one and series.day_one.isoformat()
    told = {"name": series.kicker, "slug": series.slug, "dayOne": day_one, "introduction": series.introduction}
    return _filled(told) | _addresses(series, "series", edition)


def _person(person, edition):
    portrait = person.portrait
    is_shown = portrait and portrait.is_usable(timezone.now())
    address = is_shown and edition.absolute(photos.address(portrait, "1x1", 160, "jpg"))
    return _filled({"name": person.name, "slug": person.slug, "title": person.title, "portrait": address or ""})


def _addresses(row, kind, edition):
    """Its page, and its stories in the API."""
    stories = f"{reverse('api_stories')}?{urlencode({kind: row.slug})}"
    return {"url": edition.absolute(row.get_absolute_url()), "stories": edition.absolute(stories)}


def _filled(told):
    return {name: value for name, value in told.items() if value}
