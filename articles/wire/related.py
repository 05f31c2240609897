"""Links that came with stories to other stories that came, too: "Baca juga: …" becomes a related story of ours."""

import contextlib
import datetime
import re
import urllib.parse

from articles import body
from articles.models import Arrival, OldAddress, Story

from . import markup
from .rows import has_old_links, old_path

BATCH = 200
_OURS = re.compile(r"/([0-9]{4})/([0-9]{2})/([0-9]{2})/([-\w]{1,160})/?\Z")


def link():
    """Turn such paragraphs into related stories, where the story is here now; others wait for it. Returns how many.

    A story that the desk has changed since is left alone.
    """
    last, linked = 0, 0
    waiting = Arrival.objects.filter(has_old_links=True).select_related("story").order_by("pk")
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
    path = old_path(href)
    if not path:
        return None
    bare = urllib.parse.urlsplit(path).path
    known = OldAddress.objects.filter(
        edition=story.edition_id, path__in={path, bare, bare.rstrip("/"), f"{bare.rstrip('/')}/"}
    )
    others = Story.objects.exclude(pk=story.pk)
    if found := others.filter(old_addresses__in=known).first():
        return found
    ours = _OURS.match(bare)
    with contextlib.suppress(ValueError):
        day = ours and datetime.date(*map(int, ours.groups()[:3]))
        return others.filter(edition=story.edition_id, day=day, slug=ours[4]).first() if ours else None
    return None
