"""What stands where on the front page. No story stands there twice."""

from typing import NamedTuple

from . import rails
from .models import Section, Story
from .ranges import together

FRESH = 5  # one of the newest few leads
SECONDS = 5
BLOCK = 4  # stories of a section


class Block(NamedTuple):
    section: Section
    stories: list[Story]


class FrontPage(NamedTuple):
    lead: Story | None
    seconds: list[Story]
    latest: list[Story]
    popular: list[Story]
    blocks: list[Block]


def front_page(edition, at):
    """The front page of `edition` at the moment `at`, in two queries: one for ids, one for cards.

    The newest stand at the top, led by what the desk calls most urgent among them; then what follows and what is
    read most; then a block for each main section, with the sections within it.
    """
    top, rail = 1 + SECONDS, rails.RAIL
    live = Story.objects.live(at).filter(edition=edition).newest()
    sections = edition.sections.all()
    of_section = {
        section.pk: live.filter(section=section).values("pk")[: top + 2 * rail + BLOCK] for section in sections
    }
    newest = live.values("pk")[: top + rail]
    found = together({"newest": newest, "popular": rails.popular(edition, at, most=top + 2 * rail), **of_section})
    taken = set(found["newest"])
    popular = [pk for pk in found["popular"] if pk not in taken][:rail]
    taken.update(popular)
    rest = {pk: [story for story in found[pk] if story not in taken][:BLOCK] for pk in of_section}

    cards = rails.cards(at, [*found["newest"], *popular, *(pk for ids in rest.values() for pk in ids)])
    shown = rails.pick(cards, found["newest"], most=top + rail)
    lead = min(shown[:FRESH], key=lambda story: (story.label in rails.UNSETTLED, story.urgency), default=None)
    others = [story for story in shown if story != lead]
    return FrontPage(
        lead=lead,
        seconds=others[:SECONDS],
        latest=others[SECONDS:],
        popular=rails.pick(cards, popular),
        blocks=list(_blocks(sections, rest, cards)),
    )


def _blocks(sections, ids, cards):
    for section in sections:
        if not section.parent_id:
            within = [section.pk, *(inner.pk for inner in sections if inner.parent_id == section.pk)]
            stories = [cards[pk] for each in within for pk in ids[each] if pk in cards]
            stories.sort(key=lambda story: (story.live_from, story.pk), reverse=True)
            if stories:
                yield Block(section, stories[:BLOCK])
