"""The places of stories on the front page. No story stands there twice."""

from typing import NamedTuple

from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Section, Story
from articles.models.section import family

from . import rails

FRESH = 5  # one of the newest few leads
SECONDS = 5
BLOCK = 4  # stories of a section
WIDE_FROM = 3  # stories of the first section, for it to take the whole width
ABOVE = 1 + SECONDS + rails.RAIL  # stories before the popular and the blocks


class Block(NamedTuple):
    section: Section
    stories: list[Story]
    is_wide: bool


class FrontPage(NamedTuple):
    lead: Story | None
    seconds: list[Story]
    latest: list[Story]
    popular: list[Story]
    blocks: list[Block]


def front_page(edition, at):
    """The front page of `edition` at the moment `at`, in two queries: one for ids, one for cards.

    At the top stand the newest stories, led by the most urgent of them; then the next newest and the most read; then a
    block for each main section, which includes its subsections.
    """
    sections = edition.shown_sections
    ids = together(
        {
            "newest": _newest.sql(at=at, edition=edition.pk),
            "popular": rails.popular(edition, at),
            **{each.pk: _of_section.sql(at=at, section=each.pk) for each in sections},
        }
    )
    taken = set(ids["newest"])
    popular = [pk for pk in ids["popular"] if pk not in taken][: rails.RAIL]
    taken.update(popular)
    rest = {each.pk: [pk for pk in ids[each.pk] if pk not in taken][:BLOCK] for each in sections}

    cards = rails.cards(at, [*ids["newest"], *popular, *(pk for each in rest.values() for pk in each)])
    shown = rails.pick(cards, ids["newest"], most=ABOVE)
    lead = min(shown[:FRESH], key=lambda story: (story.label in rails.UNSETTLED, story.urgency), default=None)
    others = [story for story in shown if story != lead]
    return FrontPage(
        lead=lead,
        seconds=others[:SECONDS],
        latest=others[SECONDS:],
        popular=rails.pick(cards, popular),
        blocks=list(_blocks(sections, rest, cards)),
    )


@CompiledQuery
def _newest(at, edition):
    return Story.objects.live(at).filter(edition=edition).newest().values("pk")[:ABOVE]


@CompiledQuery
def _of_section(at, section):
    """A block of stories, and as many more as may already stand above it."""
    return Story.objects.live(at).filter(section=section).newest().values("pk")[: ABOVE + rails.RAIL + BLOCK]


def _blocks(sections, ids, cards):
    is_first = True
    for section in sections:
        if not section.parent_id:
            stories = [cards[pk] for each in family(section, sections) for pk in ids[each.pk] if pk in cards]
            stories.sort(key=lambda story: (story.live_from, story.pk), reverse=True)
            if stories:
                yield Block(section, stories[:BLOCK], is_wide=is_first and len(stories) >= WIDE_FROM)
                is_first = False
