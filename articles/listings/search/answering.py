"""Answers the question of a reader: the live stories that meet it, a page of them, and the way to the next page."""

import re
from typing import NamedTuple

from django.db.models.lookups import In
from django.utils.translation import gettext as _

from articles.database.unindexed import Unindexed
from articles.models import Story

from . import candidates, filters, question, spelling
from .ranking import ranked
from .refused import Refused

A_PAGE = 20
BEST, NEWEST = "best", "newest"
_CURSOR = re.compile(r"([0-9]{1,11}(?:\.[0-9]{1,3})?)_([0-9]{1,18})", re.ASCII)


class Answer(NamedTuple):
    """`ids`: the stories of the page, in order. `after`: the cursor of the next page, "" on the last one. `count`: how
    many stories were ranked. `is_cut`: there are more, and only the newest were ranked. `meant`: another spelling, if
    little was found."""

    asked: question.Question
    ids: list[int]
    count: int
    after: str = ""
    is_cut: bool = False
    meant: str = ""


def answer(typed, editions, at, chosen=(), order=BEST, after=""):
    """The Answer to what was typed. `chosen`: filters from fields beside the words, as (kind, value).

    Raises Refused for a filter that names nothing, and for a cursor that no page of ours gave.
    """
    asked = question.read(typed)
    every = [*asked.filters, *chosen]
    key = _key(after)
    if not asked.terms and not every:
        return Answer(asked, [], 0)
    conditions, named = filters.conditions(every, editions), _named(editions, at)
    scope = Story.objects.live(at).filter(conditions, edition__in=editions)
    if not asked.terms:
        found = candidates.filtered(asked, scope)
    else:
        found = candidates.of(asked, scope, named.filter(conditions), editions, filters.latest(every, at))
    if order == NEWEST or not asked.terms:  # as they were found
        keys = [(each.live_at, each.pk) for each in found.stories]
    else:
        scored = ranked(found.stories, asked.terms, at, found.exact, found.together)
        keys = [(score, each.pk) for score, each in scored]
    page = _page(asked, keys, key, found.is_cut)
    if len(keys) > spelling.LITTLE or key:
        return page
    return page._replace(meant=spelling.meant(typed, found.nameless, named))


def _named(editions, at):
    """The live stories of these editions, to be chosen by their keys and not by an index of their edition."""
    here = In(Unindexed("edition_id"), [edition.pk for edition in editions])
    return Story.objects.live(at, are_named=True).filter(here)


def _page(asked, keys, key, is_cut):
    start = _place(keys, key) if key else 0
    is_last = start + A_PAGE >= len(keys)
    after = "" if is_last else "{}_{}".format(*keys[start + A_PAGE - 1])
    return Answer(asked, [pk for _points, pk in keys[start : start + A_PAGE]], len(keys), after, is_cut)


def _place(keys, key):
    """Behind the story of the cursor; if it is gone, or has other points by now, behind those with as many."""
    for place, (_points, pk) in enumerate(keys):
        if pk == key[1]:
            return place + 1
    return sum(points >= key[0] for points, _pk in keys)


def _key(after):
    if not after:
        return None
    if not (match := _CURSOR.fullmatch(after)):
        raise Refused(_("This page of the search does not exist. Begin with its first page."))
    return float(match[1]), int(match[2])
