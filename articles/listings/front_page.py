"""The places of stories on the front page. No story stands there twice.

Editors may hold some of the places (articles/placing.py); those that nobody holds fill themselves.
"""

from typing import NamedTuple

from django.db.models import F

from articles import tracking
from articles.cache import cached_rows
from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Credit, Person, Section, Story
from articles.models.edition import SECONDS as PLACES_OF_SECONDS
from articles.models.edition import Place
from articles.models.label import Label
from articles.models.person import Role
from articles.models.section import family

from . import rails

FRESH = 5  # one of the newest few leads
SECONDS = len(PLACES_OF_SECONDS)
LATEST = 12  # lines beside the lead, as many as the column holds; where it is narrow, site.css leaves out the last
BLOCK = 4  # stories of a section
WIDE_FROM = 3  # stories of the first section, for it to take the whole width
COLUMNS = 3  # sections beside each other, before the bands of pictures and of opinion
OF_A_KIND = 4  # stories of a band of pictures or of opinion
BAND_FROM = 2  # such stories, for them to have a band of their own
ABOVE = 1 + SECONDS + LATEST  # stories before the popular and the blocks
RADIX = 10  # more than the number of places: one number holds a story and its place


class Block(NamedTuple):
    section: Section
    stories: list[Story]
    is_wide: bool


class Opinion(NamedTuple):
    story: Story
    author: Person | None


class FrontPage(NamedTuple):
    lead: Story | None
    seconds: list[Story]
    latest: list[Story]
    popular: list[Story]
    blocks: list[Block]
    pictures: list[Story]  # told by their photos
    opinions: list[Opinion]

    @property
    def bands(self):
        """The blocks as they stand: over the whole width, in the first columns, in those below."""
        wide = [block for block in self.blocks if block.is_wide]
        rest = [block for block in self.blocks if not block.is_wide]
        return {"wide": wide, "columns": rest[:COLUMNS], "more": rest[COLUMNS:]}


def front_page(edition, at):
    """The front page of `edition` at the moment `at`, in three queries: for ids, for cards, for authors of opinions.

    At the top stand the stories that editors put there, and the newest, led by the most urgent of them; then the next
    newest and the most read; then what is told by photos and what is an opinion, if there is enough of it, and a block
    for each main section, which includes its subsections.
    """
    tracking.depends_on(rails.key_of_slots(edition))
    sections = edition.shown_sections
    ids = together(
        {
            "held": _held.sql(at=at, edition=edition.pk),
            "newest": _newest.sql(at=at, edition=edition.pk),
            "popular": rails.popular(edition, at),
            "pictures": _of_kind.sql(at=at, edition=edition.pk, label=Label.PHOTO_STORY),
            "opinions": _of_kind.sql(at=at, edition=edition.pk, label=Label.OPINION),
            **{each.pk: _of_section.sql(at=at, section=each.pk) for each in sections},
        }
    )
    held = {place: pk for pk, place in (divmod(number, RADIX) for number in ids["held"])}
    newest = [pk for pk in ids["newest"] if pk not in held.values()][: ABOVE - len(held)]
    taken = {*held.values(), *newest}
    popular = [pk for pk in ids["popular"] if pk not in taken][: rails.RAIL]
    taken.update(popular)
    pictures, opinions = (_band(ids[kind], taken) for kind in ("pictures", "opinions"))
    taken.update(pictures, opinions)
    rest = {each.pk: [pk for pk in ids[each.pk] if pk not in taken][:BLOCK] for each in sections}

    below = [*popular, *pictures, *opinions, *(pk for each in rest.values() for pk in each)]
    cards = rails.cards(at, [*held.values(), *newest, *below])
    lead, seconds, latest = _top({place: cards.get(pk) for place, pk in held.items()}, rails.pick(cards, newest, ABOVE))
    return FrontPage(
        lead=lead,
        seconds=seconds,
        latest=latest,
        popular=rails.pick(cards, popular),
        blocks=list(_blocks(sections, rest, cards)),
        pictures=rails.pick(cards, pictures),
        opinions=_with_authors(rails.pick(cards, opinions)),
    )


def _band(ids, taken):
    free = [pk for pk in ids if pk not in taken][:OF_A_KIND]
    return free if len(free) >= BAND_FROM else []


def _with_authors(stories):
    named = {("author", story.pk): story for story in stories}

    def described(credit):
        name = "author", credit.story_id
        rows = named[name], credit.person, credit.person.portrait
        return [name], [row.dependency_key for row in rows if row]

    authors = cached_rows.rows(list(named), _first_authors, described)
    return [Opinion(story, authors[name].person if name in authors else None) for name, story in named.items()]


def _first_authors(names):
    first = {}
    for credit in _authors(ids=[story for _author, story in names]):
        first.setdefault(credit.story_id, credit)
    return first.values()


def _top(held, newest):
    """(lead, seconds, latest) of the stories in places that editors hold, {place: story}, and of the newest others."""
    lead = held.get(Place.LEAD) or min(newest[:FRESH], key=_by_urgency, default=None)
    others = iter([story for story in newest if story != lead])
    seconds = [held.get(place) or next(others, None) for place in PLACES_OF_SECONDS]
    return lead, [story for story in seconds if story], list(others)


def _by_urgency(story):
    return story.label in rails.UNSETTLED, story.urgency


@CompiledQuery
def _held(at, edition):
    """Each as story × RADIX + place: a part of `together` has one column."""
    of_front = rails.live_slots(at, edition).exclude(place=Place.BREAKING).order_by()
    return of_front.values_list(F("story_id") * RADIX + F("place"))


@CompiledQuery
def _newest(at, edition):
    return Story.objects.live(at).filter(edition=edition).newest().values("pk")[:ABOVE]


@CompiledQuery
def _of_section(at, section):
    """A block of stories, and as many more as may already stand above it."""
    above = ABOVE + rails.RAIL + 2 * OF_A_KIND
    return Story.objects.live(at).filter(section=section).newest().values("pk")[: above + BLOCK]


@CompiledQuery
def _of_kind(at, edition, label):
    return Story.objects.live(at).filter(edition=edition, label=label).newest().values("pk")[: ABOVE + rails.RAIL]


@CompiledQuery
def _authors(ids=()):
    authors = Credit.objects.filter(story__in=ids, role=Role.AUTHOR).select_related("person__portrait")
    return authors.order_by("story", "order", "pk")


def _blocks(sections, ids, cards):
    is_first = True
    for section in sections:
        if not section.parent_id:
            stories = [cards[pk] for each in family(section, sections) for pk in ids[each.pk] if pk in cards]
            stories.sort(key=lambda story: (story.live_from, story.pk), reverse=True)
            if stories:
                yield Block(section, stories[:BLOCK], is_wide=is_first and len(stories) >= WIDE_FROM)
                is_first = False
