"""Links between imported stories: a paragraph "Baca juga: …" becomes a related story of ours."""

import contextlib
import datetime

from django.utils.translation import gettext as _

from articles.models import Arrival, OldAddress, Story
from articles.models.story import State
from articles.text import body, old_paths

from ..html import convert
from ..values import addresses
from .decisions import Outcome, is_of_the_desk, why_left
from .extras import OURS
from .rows import has_old_links

BATCH = 200


def link(options):
    """Turn such paragraphs into related stories if their story is here now. The other paragraphs wait for it.

    Returns (story, outcome, why) for each story that is kept: a story that the desk has changed since is reported once
    and waits no longer; a public story waits for a run with `released`.
    """
    last, results = 0, []
    waiting = Arrival.objects.filter(has_old_links=True, story__in=options.reachable())
    waiting = waiting.select_related("story__edition").order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        results += filter(None, (_link(arrival, options) for arrival in batch))
        last = batch[-1].pk
    return results


def _link(arrival, options):
    story, count, blocks = arrival.story, 0, []
    for block in body.blocks(story.body):
        href = convert.related_link(block.html) if "<a " in block.html else None
        target = _story_at(href, story) if href else None
        count += bool(target)
        blocks.append(f'<aside data-story="{target.uid}"></aside>' if target else block.html)
    if not count:
        return None
    if why := why_left(story, options):
        Arrival.objects.filter(pk=arrival.pk).update(has_old_links=not is_of_the_desk(story))
        return story, Outcome.KEPT, [_("It could lead to related stories that are here now. %(why)s") % {"why": why}]
    text = body.clean("".join(blocks))
    if Story.objects.filter(pk=story.pk, version=arrival.story_version).update(body=text):
        Arrival.objects.filter(pk=arrival.pk).update(has_old_links=has_old_links(text))
    return None


def _story_at(href, story):
    """The story of the same edition that has an address now, or had it on another site."""
    path = old_paths.of_address(href)
    if not path:
        return None
    bare, _mark, query = path.partition("?")
    known = OldAddress.objects.filter(edition=story.edition_id, path__in=old_paths.asked(bare, query))
    others = Story.objects.exclude(pk=story.pk).select_related("arrival")
    if story.state == State.RELEASED:  # readers keep their link until its story is public, too
        others = others.filter(state=State.RELEASED)
    targets = list(others.filter(old_addresses__in=known).prefetch_related("old_addresses"))
    ours = OURS.match(bare)
    with contextlib.suppress(ValueError):
        day = ours and datetime.date(*map(int, ours.groups()[:3]))
        targets += others.filter(edition=story.edition_id, day=day, slug=ours[4]) if ours else []
    return next((target for target in targets if _is_meant(href, story, target)), None)


def _is_meant(href, story, target):
    """Whether an address is of ours or of the site of the target, because other sites may have pages of the same path.

    An address without a host belongs to the site of the text that contains it.
    """
    host, here = addresses.host(href), addresses.host(f"//{story.edition.host}")
    arrival = getattr(target, "arrival", None)
    sites = {addresses.host(arrival.uri) if arrival else "", *(old.host for old in target.old_addresses.all())} - {""}
    own = addresses.host(story.arrival.uri)
    return host == here or (host or own) in sites or (not sites and host in ("", own))
