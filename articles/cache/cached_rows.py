"""What many pages are made of, read once and kept while nothing of it was touched: editions with their frames, the
stories that cards show. Only for pages that are printed to be held: others read what they show themselves.

What was made of such a row, its card or the masthead, is kept on the row, and so is forgotten with it.
"""

import math
import threading

from articles import tracking

from . import freshness
from .lru import Store

MOST_ROWS = 2_000


class CacheEntry:
    """A value and what it depends on, as Watch.is_good asks for."""

    size = 1

    def __init__(self, value, keys, state, until=math.inf):
        self.value, self.keys, self.until, self.counted = value, tuple(keys), until, 0
        self.number, self.version, self.epoch, self.at = state


_values, _lock = {}, threading.Lock()
_rows = Store(MOST_ROWS)


def cached_read(key, read):
    """What `read` gives, from memory while it is good."""
    page = tracking.current()
    if page is None:
        return read()
    known = freshness.get_checker()
    kept = _values.get(key)
    if kept is None or not known.is_good(kept):
        with _lock:
            state = known.state()
            with tracking.tracked(is_page=False) as seen:
                value = read()
            kept = CacheEntry(value, seen.keys, state, seen.until)
            if value is not None:  # no row, no key: nothing would tell that it came
                _values[key] = kept
    page.keys.update(kept.keys)
    page.until = min(page.until, kept.until)
    return kept.value


def rows(names, read, described):
    """{name: row}: from memory where they are good; the others by one call of `read`, which takes their names.

    `described` gives the names of a row, and the keys that it depends on.
    """
    page = tracking.current()
    if page is None:
        return {name: row for row in read(names) for name in described(row)[0]}
    known = freshness.get_checker()
    state, found = known.state(), {}
    for name in names:
        kept = _rows.get(name)
        if kept is not None and known.is_good(kept):
            found[name] = kept.value
            page.keys.update(kept.keys)
    missing = [name for name in names if name not in found]
    for row in read(missing) if missing else ():
        own_names, keys = described(row)
        for name in own_names:
            found[name] = row
            _rows.put(name, CacheEntry(row, keys, state))
    return found


def cached_render(row, what, make, day=None):
    """What `make` gives of a row, kept on it: as long as a row is that is remembered, or until the day is another."""
    made = row.__dict__.setdefault("_made", {})
    if what not in made or made[what][0] != day:
        made[what] = day, make()
    return made[what][1]


def clear():
    _values.clear()
    _rows.clear()
