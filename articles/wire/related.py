"""Links that came with stories to other stories that came, too: "Baca juga: …" becomes a related story of ours."""

import contextlib
import datetime

from articles import body, old_paths
from articles.models import Arrival, OldAddress, Story
from articles.models.story import State

from . import markup
from .beside import OURS
from .rows import has_old_links

BATCH = 200


def link(wanted):
    """Turn such paragraphs into related stories, where the story is here now; others wait for it. Returns how many.

    A story that the desk has changed since is left alone, and unless `released` was asked for, so is what readers have.
    """
    last, linked = 0, 0
    waiting = Arrival.objects.filter(has_old_links=True, story__in=wanted.reachable())
    waiting = waiting.select_related("story").order_by("pk")
    if not wanted.released:
        waiting = waiting.exclude(story__state__in=[State.RELEASED, State.WITHDRAWN])
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        linked += sum(map(_link, batch))
        last = batch[-1].pk
    return linked


def _link(arrival):
    story, count, blocks = arrival.story, 0, []
    for block in body.blocks(story.body):
        href = markup.related_link(block.html) if "<a " in block.html else None
        target = _story_at(href, story) if href else None
        count += bool(target)
        blocks.append(f'<aside data-story="{target.uid}"></aside>' if target else block.html)
    text = body.clean("".join(blocks))
    if count and Story.objects.filter(pk=story.pk, version=arrival.story_version).update(body=text):
        Arrival.objects.filter(pk=arrival.pk).update(has_old_links=has_old_links(text))
        return count
    return 0


def _story_at(href, story):
    """The story of the same edition that stands, or stood elsewhere, at an address."""
    path = old_paths.of_address(href)
    if not path:
        return None
    bare, _mark, query = path.partition("?")
    paths = old_paths.asked(bare, query)
    known = OldAddress.objects.filter(edition=story.edition_id, path__in=paths)
    others = Story.objects.exclude(pk=story.pk)
    if story.state == State.RELEASED:  # readers keep their link until there is something else to lead to
        others = others.filter(state=State.RELEASED)
    if found := others.filter(old_addresses__in=known).first():
        return found
    ours = OURS.match(bare)
    with contextlib.suppress(ValueError):
        day = ours and datetime.date(*map(int, ours.groups()[:3]))
        return others.filter(edition=story.edition_id, day=day, slug=ours[4]).first() if ours else None
    return None
