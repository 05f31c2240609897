"""Rows that many pages show are read once and cached until they are invalidated: editions with their frames, stories
on cards. Only cacheable pages use them; other pages read from the database.

HTML rendered from such a row (its card, the masthead) is kept on the row, so it is dropped together with it.
"""

import math
import operator
import threading

from articles import tracking

from . import freshness
from .lru import Store

MOST_ROWS = 2_000


class CacheEntry:
    """A value and its dependencies, as FreshnessChecker.is_good needs them."""

    size = 1

    def __init__(self, value, keys, state, until=math.inf):
        self.value, self.keys, self.until, self.counted = value, tuple(keys), until, 0
        self.number, self.version, self.epoch, self.at = state


_values, _lock = {}, threading.Lock()
_rows = Store(MOST_ROWS)


def cached_read(key, read):
    """The result of `read`, from memory while it is fresh."""
    page = tracking.current()
    if page is None:
        return read()
    checker = freshness.get_checker()
    entry = _values.get(key)
    if entry is None or not checker.is_good(entry):
        with _lock:
            state = checker.state()
            with tracking.tracked(is_page=False) as tracker:
                value = read()
            entry = CacheEntry(value, tracker.keys, state, tracker.until)
            if value is not None:  # a missing row has no key, so nothing would invalidate the entry when it appears
                _values[key] = entry
    page.keys.update(entry.keys)
    page.until = min(page.until, entry.until)
    return entry.value


def rows(names, read, described):
    """{name: row}: from memory while they are fresh; the others by one call of `read`, which takes their names.

    `described` returns the names of a row and the keys that it depends on.
    """
    page = tracking.current()
    if page is None:
        return {name: row for row in read(names) for name in described(row)[0]}
    checker = freshness.get_checker()
    state, result = checker.state(), {}
    for name in names:
        entry = _rows.get(name)
        if entry is not None and checker.is_good(entry):
            result[name] = entry.value
            page.keys.update(entry.keys)
    missing = [name for name in names if name not in result]
    for row in read(missing) if missing else ():
        own_names, keys = described(row)
        for name in own_names:
            result[name] = row
            _rows.put(name, CacheEntry(row, keys, state))
    return result


def cached_render(row, name, render, day=None, also=()):
    """The result of `render`, kept on the row under a name. If a `day` is given, it is rendered anew on another day.

    `also`: the other rows that it shows. It is rendered anew where one of them was read anew, since it was invalidated.
    """
    rendered = row.__dict__.setdefault("_rendered", {})
    kept = rendered.get(name)
    if kept is None or kept[0] != day or not _are_same(kept[1], also):
        kept = rendered[name] = day, also, render()
    return kept[2]


def _are_same(rows, others):
    return len(rows) == len(others) and all(map(operator.is_, rows, others))


def clear():
    _values.clear()
    forget_rows()


def forget_rows():
    """The stories, but not the editions with their frames."""
    _rows.clear()
