"""Stories of an edition that readers have, whole: lists of them, one of them, and those that answer a question."""

import datetime
import json

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import feeds
from articles.listings import search
from articles.models import Edition, Person, Series, Story, Tag
from articles.models.person import Role
from articles.models.section import family
from articles.text import letters
from articles.tracking import cacheable
from articles.wire import ninjs, outgoing

from .. import feeds as feed_views
from . import asked, often
from .answering import JSON, Problem, answers, listed

NARROWED_BY = ("section", "tag", "series", "person")
FILTERS = (*NARROWED_BY, "since", "until")


@cacheable("format", "cursor", "limit", *NARROWED_BY)
@answers
def stories(request):
    """The newest stories: of the edition, or of one section, tag, series or author."""
    given = [(name, request.GET[name]) for name in NARROWED_BY if name in request.GET]
    if len(given) > 1:
        raise Problem(400, _("Ask for the stories of one section, tag, series or person at a time."))
    kind, most = asked.chosen_format(request), asked.limit(request)
    name = asked.name_of(request, *given)
    after = asked.place(request, name)
    rows, has_name_to_hide = _narrowed(request, *(given[0] if given else ("", "")), after)
    found = list(outgoing.whole(rows, timezone.now())[: most + 1])
    if has_name_to_hide and not found and after is None:
        raise Problem(404, _unknown())
    shown = found[:most]
    last = shown[-1] if len(found) > most else None
    place = last and (last.live_from.isoformat(), getattr(last, "link", last.pk))
    return _told(request, shown, kind, place and asked.following(request, name, *place))


@cacheable("format")
@answers
def story(request, uid):
    """A story by its id; one that was withdrawn is gone."""
    now, kind = timezone.now(), asked.chosen_format(request)
    rows = Story.objects.filter(edition=request.edition, uid=uid)
    found = list(outgoing.whole(rows.live(now), now))
    if not found:
        is_gone = rows.withdrawn(now).exists()
        raise Problem(410 if is_gone else 404, "" if is_gone else _("Readers have no story with this id."))
    if kind == asked.NINJS:
        [item] = _items(request, found) or [None]
        if item is None:
            raise Problem(500)
        return json.dumps(item, ensure_ascii=False), JSON, ""
    return _told(request, found, kind, "")


@answers
def found(request):
    """The stories that answer a question, as the search of readers finds them. Not cached."""
    often.count(request)
    kind = asked.chosen_format(request)
    given = {name: letters.line(request.GET.get(name, "")[: asked.LONGEST]) for name in ("q", *FILTERS)}
    filters = [(name, given[name]) for name in FILTERS if given[name]]
    is_network, order = asked.is_of_network(request), asked.order(request)
    name = asked.name_of(request, *given.items(), order, is_network)
    place = asked.place(request, name)
    editions = [request.edition]
    if is_network:
        editions = list(Edition.objects.for_page().filter(network=request.edition.network))
    answer = search.answer(given["q"], editions, timezone.now(), filters, order, place[0] if place else "")
    rows = outgoing.whole(Story.objects.filter(pk__in=answer.ids).live(timezone.now()), timezone.now())
    by_id = {row.pk: row for row in rows}
    shown = [by_id[pk] for pk in answer.ids if pk in by_id]
    following = answer.after and asked.following(request, name, answer.after)
    more = {"count": answer.count, "isCut": answer.is_cut, "meant": answer.meant}
    more |= {"isPart": answer.is_part, "leftOut": answer.left_out}
    return _told(request, shown, kind, following, editions, **more)


found.known_query = frozenset(["format", "cursor", "q", "order", "network", *FILTERS])


def _narrowed(request, kind, slug, after):
    """(the stories in order behind `after`, whether there may be none because their name is not public)."""
    if kind in ("tag", "person"):
        row = _by_slug({"tag": Tag, "person": Person}[kind], slug)
        if kind == "tag":
            return _linked("tag_links", after, edition=request.edition, tag=row), True
        return _linked("credits", after, edition=request.edition, person=row, role=Role.AUTHOR), True
    rows = Story.objects.live(timezone.now()).filter(edition=request.edition).newest()
    if after:
        at, pk = datetime.datetime.fromisoformat(after[0]), int(after[1])
        rows = rows.filter(Q(live_from__lt=at) | Q(pk__lt=pk), live_from__lte=at)
    if kind == "series":
        return rows.filter(series=_by_slug(Series, slug)), True
    if kind == "section":
        sections = request.edition.shown_sections
        row = next((one for one in sections if one.slug == slug), None)
        if row is None:
            raise Problem(404, _unknown())
        return rows.filter(section__in=[one.pk for one in family(row, sections)]), False
    return rows, False


def _linked(links, after, **of):
    """The live stories of links that repeat edition and time, in the order of the links' index."""
    condition = Q(**{f"{links}__{name}": value for name, value in of.items()})
    if after:
        at, pk = datetime.datetime.fromisoformat(after[0]), int(after[1])
        condition &= Q(**{f"{links}__live_from__lt": at}) | Q(**{f"{links}__pk__lt": pk})
        condition &= Q(**{f"{links}__live_from__lte": at})
    rows = Story.objects.live(timezone.now()).filter(condition).annotate(link=F(f"{links}__pk"))
    return rows.order_by(f"-{links}__live_from", f"-{links}__pk")


def _by_slug(model, slug):
    row = model.objects.filter(slug=slug).first() if asked.is_slug(slug) else None
    if row is None:
        raise Problem(404, _unknown())
    return row


def _unknown():
    """Without the name that was asked for: it may be one that is not public yet."""
    return _("Readers have no section, tag, running story or author with this slug.")


def _told(request, rows, kind, following, editions=(), **more):
    """A list of stories in the format that was asked for."""
    if kind == asked.NINJS:
        return listed(_items(request, rows, editions), following, **more)
    edition = request.edition
    itself = edition.absolute(request.get_full_path())
    feed = feeds.Feed(
        title=edition.name,
        description=edition.tagline or edition.name,
        address=edition.absolute(reverse("latest")),
        edition=(edition.name, edition.absolute("/")),
        language=edition.language,
        icon=feed_views.icon(edition),
        pages={"self": itself, **({"next": following} if following else {})},
        entries=feeds.of_stories(rows, timezone.now()),
        withdrawn=[],
        updated=None,
    )
    media_type, write = feeds.FORMATS["json"]
    return write(feed), media_type, following


def _items(request, rows, editions=()):
    """Stories as ninjs, with the rows of their editions that are already read."""
    known = {edition.pk: edition for edition in [request.edition, *editions]}
    for row in rows:
        row.edition = known[row.edition_id]
    return [ninjs.from_item(item) for item in outgoing.items(rows, timezone.now())]
