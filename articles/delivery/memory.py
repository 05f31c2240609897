"""Values that many pages are made of, read once, kept while nothing of them was touched: an edition with its frame."""

import threading

from . import printing, watch

_kept, _lock = {}, threading.Lock()


def remembered(key, read):
    """What `read` gives, from memory while it is good. Only while a page is printed: others read it themselves."""
    page = printing.current()
    if page is None:
        return read()
    known = watch.ours()
    value, seen = _kept.get(key, (None, None))
    if seen is None or not known.is_good(seen):
        with _lock:
            state = known.state()
            with printing.begun(is_page=False) as seen:
                value = read()
            seen.since(state)
            if value is not None:  # no row, no key: nothing would tell that it came
                _kept[key] = value, seen
    page.keys |= seen.keys
    return value


def forget():
    _kept.clear()
