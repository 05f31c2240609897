"""Fragments that stand on many pages and change more often than these: each is rendered once for all pages.

A cacheable page has placeholders for them (responses.py); another page, such as a preview, renders them itself.
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
MARKS = re.compile((MARK % "([a-z]+)").encode())


def render(name, edition):
    """The HTML of a fragment for the edition with this primary key, in its language and time zone."""
    edition = Edition.objects.select_related("network").get(pk=edition)
    with translation.override(edition.language), timezone.override(edition.zone):
        return html(name, edition)


def html(name, edition):
    now = timezone.now()
    ids = together({name: QUERIES[name](edition, now)})[name][: rails.RAIL]
    tracking.valid_until(edition.next_midnight())
    stories = rails.pick(rails.cards(now, ids), ids)
    return render_to_string(f"articles/_{name}.html", {"stories": stories, "edition": edition})


QUERIES = {"latest": rails.latest, "popular": rails.popular}
