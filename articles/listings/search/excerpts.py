"""Headline and words of a story with the hits of a question marked."""

from typing import NamedTuple

from articles.models import Story
from articles.text import body

from .matching import parts

AROUND = 90  # letters of the text on each side of its first hit


class Excerpt(NamedTuple):
    """A story, and two texts as [(part, whether it is a hit)]."""

    story: object
    headline: list
    excerpt: list


def excerpts(stories, terms):
    """The Excerpts of stories that were read as cards: the standfirst, or the text where only that has a hit."""
    found = [Excerpt(story, parts(story.headline, terms), parts(story.standfirst, terms)) for story in stories]
    silent = [each.story.pk for each in found if terms and not _has_hit(each.headline) and not _has_hit(each.excerpt)]
    texts = dict(Story.objects.filter(pk__in=silent).values_list("pk", "body")) if silent else {}
    return [_of_text(each, texts[each.story.pk], terms) if each.story.pk in texts else each for each in found]


def _has_hit(its_parts):
    return any(is_hit for _part, is_hit in its_parts)


def _of_text(excerpt, markup, terms):
    its_parts = parts(" ".join(body.text(markup).split()), terms)
    first = next((number for number, (_part, is_hit) in enumerate(its_parts) if is_hit), None)
    if first is None:
        return excerpt
    before = its_parts[first - 1][0] if first else ""
    begun = before if len(before) <= AROUND else "… " + before[-AROUND:].partition(" ")[2]
    shown, room = [(begun, False)], 2 * AROUND
    for part, is_hit in its_parts[first:]:
        shown.append((part if len(part) <= room else part[:room].rpartition(" ")[0] + " …", is_hit))
        room -= len(part)
        if room <= 0:
            break
    return excerpt._replace(excerpt=shown)
