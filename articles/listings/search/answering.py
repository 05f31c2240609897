"""Answers the question of a reader: the live stories that meet it, a page of them, and the way to the next page."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import candidates, filters, partial, question, spelling
from .ranking import Signs, ranked
from .refused import Refused
from .scope import Scope

A_PAGE = 20
BEST, NEWEST = "best", "newest"
_CURSOR = re.compile(r"([0-9]{1,11}(?:\.[0-9]{1,3})?)_([0-9]{1,18})", re.ASCII)


class Answer(NamedTuple):
    """`ids`: the stories of the page, in order. `after`: the cursor of the next page, "" on the last one. `count`: how
    many stories were ranked. `is_cut`: there are more, and only the newest were ranked. `meant`: another spelling, if
    little was found. `is_part`: no story has all words, these have some. `left_out`: words that none of them has."""

    asked: question.Question
    ids: list[int]
    count: int
    after: str = ""
    is_cut: bool = False
    meant: str = ""
    is_part: bool = False
    left_out: list[str] = []


def answer(typed, editions, at, chosen=(), order=BEST, after=""):
    """The Answer to what was typed. `chosen`: filters from fields beside the words, as (kind, value).

    Raises Refused for a filter that names nothing, and for a cursor that no page of ours gave.
    """
    asked = question.read(typed)
    every = [*asked.filters, *chosen]
    key = _key(after)
    if not asked.terms and not every:
        return Answer(asked, [], 0)
    is_narrow = any(kind not in filters.DAYS for kind, _value in every)
    scope = Scope(at, [edition.pk for edition in editions], filters.conditions(every, editions) or None, is_narrow)
    if not asked.terms:
        found = candidates.filtered(asked, scope)
    else:
        found = candidates.of(asked, scope, filters.latest(every, at))
        if not found.stories:
            found = partial.of(asked, found, scope)
    page = _page(asked, _keys(found, at, order), key, found.is_cut)
    page = page._replace(is_part=bool(found.has), left_out=partial.left_out(found))
    if not asked.terms or (page.count > spelling.LITTLE and not page.is_part) or key:
        return page
    return page._replace(meant=spelling.meant(typed, found, asked.without, scope))


def _keys(found, at, order):
    """[(points, id)] of stories in their order, in which points never grow."""
    if order == NEWEST or not found.terms:
        return [(live_at, pk) for pk, live_at in found.stories]
    signs = Signs(candidates.texts(found.stories, found.terms), found.linked)
    if found.has:
        signs = signs._replace(words={pk: len(has) for pk, has in found.has.items()})
    else:
        exact, follow = candidates.as_typed(found.terms, found.stories)
        signs = signs._replace(exact=exact, together=follow)
    return ranked(found.stories, found.terms, at, signs)


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
