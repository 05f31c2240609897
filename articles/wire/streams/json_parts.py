"""Large JSON in bounded memory: the parts a reader asks for, one by one. Pure.

At no time more is held than one part of at most `LARGEST` bytes and one string of about as many. What is larger, or
nested deeper than `bounds.DEEPEST`, is passed over without being held; what follows it is read.
"""

import ijson
from django.utils.translation import gettext as _

from articles.text.letters import whole

from ..values.item import LARGEST, Refusal
from . import limits
from .json_source import CHUNK, Source, not_utf8

MOST_KEYS = 5  # of a path that a reader may ask for

BROKEN = ijson.JSONError, ValueError


class Unfit:
    """A part that is not taken. `refusal` says why; `id` is its own id where that stood before the flaw, else ""."""

    def __init__(self, refusal, known):
        self.refusal, self.id = refusal, scalar(known.get("id")) if isinstance(known, dict) else ""


def scalar(value):
    """An id or other short value, written as text or as a number: a text. "" for anything else."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def parts(file, wanted):
    """(path, value) of every part for which `wanted(path)` is true, in the order of the file.

    A path lists the keys from the root, None for the place in an array: `["db", None, "data", "posts", None]`. The
    value is as json.loads would have it, or Unfit. Raises Refusal with the place where the JSON breaks.
    """
    start = file.tell()
    source = Source(file)
    try:
        yield from found(source, wanted)
    except BROKEN as error:
        file.seek(start)
        raise Refusal(_where(file, source.before_last)) from error


def found(source, wanted, is_row=False):
    """The same of a Source; raises one of `BROKEN`. `is_row`: of values that stand one after another."""
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
            elif len(path) <= MOST_KEYS and wanted(path):
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
    """What is wrong with the JSON, of one of `BROKEN`: "encoding", "cut" or "broken"."""
    said = str(error)
    if "UTF8" in said or "utf-8" in said:
        return "encoding"
    return "cut" if "premature EOF" in said or "ncomplete JSON" in said else "broken"


class _Part:
    """One value, made of its events. Once it has a `flaw` it only looks for its end."""

    def __init__(self):
        self.flaw, self.size, self.depth = "", 0, 0
        self.root, self.open = None, []  # containers not yet ended, each as [container, last key]

    def add(self, event, value):
        """Whether the value is whole now."""
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
    """Says where the JSON breaks: read once more, the last bytes one by one unless they are in a long string."""
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
        case "cut":
            return _("The file is not whole: its JSON breaks off after byte %(byte)s.") % {"byte": source.taken}
    return _("The JSON is broken near byte %(byte)s.") % {"byte": source.taken}
