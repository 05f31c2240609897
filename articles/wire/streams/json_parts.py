"""Large JSON in bounded memory: the parts that a reader needs, one by one. Pure.

Memory holds at most one part of `LARGEST` bytes and one string of about the same size. A part that is larger, or nested
deeper than `limits.DEEPEST`, is skipped without being stored; the parts after it are read.
"""

import ijson
from django.utils.translation import gettext as _

from articles.text.letters import whole

from ..values.item import LARGEST, Refusal
from . import limits
from .json_source import CHUNK, Source, not_utf8

MOST_KEYS = 5  # longest path of a part

BROKEN = ijson.JSONError, ValueError


class Unfit:
    """A part that was skipped. `refusal` gives the reason; `id` is its id if that came before the flaw, else ""."""

    def __init__(self, refusal, known):
        self.refusal, self.id = refusal, scalar(known.get("id")) if isinstance(known, dict) else ""


def scalar(value):
    """The text of an id or another short value, which may be a text or a number; "" for any other type."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def parts(file, matches):
    """(path, value) of every part for which `matches(path)` is true, in the order of the file.

    A path lists the keys from the root, None for the place in an array: `["db", None, "data", "posts", None]`. The
    value is the same as from json.loads, or Unfit. Raises Refusal with the place where the JSON breaks.
    """
    start = file.tell()
    source = Source(file)
    try:
        yield from parts_of(source, matches)
    except BROKEN as error:
        file.seek(start)
        raise Refusal(_where(file, source.before_last)) from error


def parts_of(source, matches, is_row=False):
    """As `parts`, for a Source; raises one of `BROKEN`. `is_row`: the file has several values, one after another."""
    path, part = [], None
    for event, value in _events(source, is_row):
        if source.has_cut:
            source.has_cut = False
            if part:
                part.refuse(limits.too_large())
        if part is None:
            if event == "map_key":
                path[-1] = value
            elif event in ("end_map", "end_array"):
                path.pop()
            elif len(path) <= MOST_KEYS and matches(path):
                part = _Part()
            elif event in ("start_map", "start_array"):
                path.append(None)
                if len(path) > limits.ABYSS:
                    raise limits.abyss()
        if part and part.add(event, value):
            yield list(path), part.made()
            part = None


def _events(source, is_row=False):
    # without floats, a number of 5,000 digits ends the process
    return ijson.basic_parse(source, buf_size=CHUNK, use_float=True, multiple_values=is_row)


def flaw(error):
    """The kind of a JSON error of `BROKEN`: "encoding", "number" (too long for the parser), "cut" or "broken"."""
    said = str(error)
    if "overflow" in said:
        return "number"
    if "UTF8" in said or "utf-8" in said:
        return "encoding"
    return "cut" if "premature EOF" in said or "ncomplete JSON" in said else "broken"


class _Part:
    """One value, built from its events. After a `flaw` it only looks for its end."""

    def __init__(self):
        self.flaw, self.size, self.depth = "", 0, 0
        self.root, self.open = None, []  # containers not yet ended, each as [container, last key]

    def add(self, event, value):
        """Add an event. Returns whether the value is complete."""
        if event == "map_key":
            self._key(value)
            return False
        if event in ("end_map", "end_array"):
            self.depth -= 1
            if not self.flaw:
                self.open.pop()
        else:
            opens = event in ("start_map", "start_array")
            self.depth += opens
            if not self.flaw:
                self._put({} if event == "start_map" else [] if opens else value, opens)
        if self.depth > limits.ABYSS:
            raise limits.abyss()
        return not self.depth

    def refuse(self, flaw):
        self.flaw = flaw
        self.open.clear()

    def made(self):
        return Unfit(Refusal(self.flaw), self.root) if self.flaw else self.root

    def _key(self, key):
        if not self.flaw:
            self.size += len(key)
            self.open[-1][1] = whole(key)

    def _put(self, value, opens):
        value = whole(value) if isinstance(value, str) else value
        self.size += len(value) if isinstance(value, str) else 64 if opens else 8
        if self.size > LARGEST:
            return self.refuse(limits.too_large())
        if self.depth > limits.DEEPEST:
            return self.refuse(limits.too_deep())
        if not self.open:
            self.root = value
        elif isinstance(self.open[-1][0], dict):
            self.open[-1][0][self.open[-1][1]] = value
        else:
            self.open[-1][0].append(value)
        if opens:
            self.open.append([value, None])


def _where(file, before_last):
    """A sentence with the place of the break. The file is read again, its last bytes one by one."""
    source = Source(file, slow_from=before_last)
    found_flaw = ""
    try:
        for _event in _events(source):
            pass
    except BROKEN as error:
        found_flaw = flaw(error)
    match found_flaw:
        case "encoding":
            return not_utf8(source.taken)
        case "number":
            return _("Near byte %(byte)s is a number that is longer than any.") % {"byte": source.taken}
        case "cut":
            return _("The file is not whole: its JSON breaks off after byte %(byte)s.") % {"byte": source.taken}
    return _("The JSON is broken near byte %(byte)s.") % {"byte": source.taken}
