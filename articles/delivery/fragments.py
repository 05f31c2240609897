"""Fragments that stand on many pages and change more often than these: each is rendered once for all pages.

A cacheable page has placeholders for them (responses.py); another page, such as a preview, renders them itself. A rail
beside a story has one story more than it shows, so that it can leave out the story that it stands beside.
"""

import re
import secrets

from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles import tracking
from articles.database.union import together
from articles.listings import rails
from articles.models import Edition

MARK = f"<!--{secrets.token_hex(8)}:%s-->"  # a placeholder; authors of texts cannot guess it
MARKS = re.compile((MARK % "([a-z]+[0-9]*)").encode())
_NAME = re.compile(r"([a-z]+)([0-9]*)")


def placeholder(name, story=None):
    """The mark of a fragment on the page of `story`, an id, or on a page of no story."""
    return MARK % f"{name}{story or ''}"


def named(placeholder):
    """(name of the fragment, id of the story whose page it stands on or None), of what MARKS finds."""
    name, story = _NAME.fullmatch(placeholder).groups()
    return name, int(story) if story else None


def render(name, edition):
    """The HTML of a fragment for the edition with this primary key, in its language and time zone.

    {None: as most pages show it, id of a story on it: without that story}.
    """
    edition = Edition.objects.select_related("network").get(pk=edition)
    with translation.override(edition.language), timezone.override(edition.zone):
        stories = _stories(name, edition)
        return {
            left_out: _html(name, edition, stories, left_out) for left_out in [None, *(each.pk for each in stories)]
        }


def html(name, edition, left_out=None):
    return _html(name, edition, _stories(name, edition), left_out)


def _stories(name, edition):
    """As many as a rail shows, and one more."""
    now, most = timezone.now(), rails.RAIL + 1
    ids = together({name: QUERIES[name](edition, now)})[name][:most]
    tracking.valid_until(edition.next_midnight())
    return rails.pick(rails.cards(now, ids), ids, most)


def _html(name, edition, stories, left_out):
    shown = [story for story in stories if story.pk != left_out][: rails.RAIL]
    return render_to_string(f"articles/_{name}.html", {"stories": shown, "edition": edition})


QUERIES = {"latest": rails.latest, "popular": rails.popular, "breaking": rails.breaking}
