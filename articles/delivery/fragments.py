"""Fragments that stand on many pages and change more often than these: each is rendered once for all pages.

A page has a mark in the place of each fragment. Who ends the page puts them in: the page cache, or for a page that is
not cached, the middleware. A rail has more lines than it shows (rail.py), so that it can leave out the stories that
the page shows already, and those that stand in a rail before it.
"""

import re
import secrets

from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles import tracking
from articles.database.union import together
from articles.listings import rails
from articles.models import Edition

from .rail import Gap, Rail, parsed

MARK = f"<!--{secrets.token_hex(8)}:%s-->"  # authors of texts cannot guess it
MARKS = re.compile((MARK % "([a-z]+)([0-9.]*)").encode())
QUERIES = {"breaking": rails.breaking, "latest": rails.latest, "popular": rails.popular}
ORDER = list(QUERIES)


def mark(name, ids=()):
    """The place of a fragment on a page with these stories, its own first; or a mark of a rail, as rail.py reads it."""
    return MARK % f"{name}{'.'.join(map(str, ids))}"


def pieces(body):
    """The parts of a rendered page, in their order: bytes, and instead of marks Gaps and Rails."""
    return parsed(MARKS.split(body), QUERIES)


def render(name, edition):
    """The Rail of a fragment for the edition with this primary key, in its language and time zone."""
    edition = Edition.objects.select_related("network").get(pk=edition)
    with translation.override(edition.language), timezone.override(edition.zone):
        now = timezone.now()
        ids = together({name: QUERIES[name](edition, now)})[name][: rails.SPARE]
        tracking.valid_until(edition.next_midnight())
        stories = rails.pick(rails.cards(now, ids), ids, rails.SPARE)
        text = render_to_string(f"articles/_{name}.html", {"stories": stories, "edition": edition, "yields": True})
    return Rail.of(MARKS.split(text.encode()))


def completed(body, edition):
    """A page that is not cached, with its fragments; the very same bytes if it has none."""
    if not MARKS.search(body):
        return body
    parts = pieces(body)
    known = {gap.name: render(gap.name, edition) for gap in parts if isinstance(gap, Gap)}
    return b"".join(part.text for part in filled(parts, known))


def filled(parts, known):
    """The Parts of a page. `known`: {name of a fragment: its Rail}.

    No story stands in two rails: the latest comes first, then the popular, then what the page itself brings. The line
    of breaking news is none of them.
    """
    gaps = [part for part in parts if isinstance(part, Gap)]
    own, taken, chosen = {pk for gap in gaps for pk in gap.own}, {pk for gap in gaps for pk in gap.others}, {}
    for gap in sorted(gaps, key=lambda gap: ORDER.index(gap.name)):
        chosen[gap.name], ids = known[gap.name].without(own, taken)
        taken |= set(ids) if gap.name != "breaking" else set()
    for part in parts:
        if isinstance(part, Gap):
            yield chosen[part.name]
        else:
            yield part.without(own, taken)[0] if isinstance(part, Rail) else part
