"""Helpers that read the objects of any ninjs version. Pure."""

import functools

from django.utils.translation import gettext as _

from articles.text import letters

from ..values.item import Refusal
from ..values.times import UnknownZone, parse_datetime

MOST = 500  # of any list: people, tags, pictures
DEEPEST = 20
_ROWS = (dict, str)
_IDENTIFYING = frozenset(["uri", "qcode", "literal", "code"])
_NAMING = ("name", "value", "href", "uri", "literal", "code")


def normalised(value, depth=0):
    """The value with keys in lower case and texts through `seen`. Raises Refusal if it is nested too deeply."""
    if isinstance(value, str):
        return seen(value)
    if depth > DEEPEST:
        raise Refusal(_("It is nested too deeply."))
    if isinstance(value, dict):
        return {
            key.lower(): seen(inner) if type(inner) is str else normalised(inner, depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [normalised(inner, depth + 1) for inner in value[:MOST]]
    return value


def seen(text):
    """A text without space around it; "" if it has no visible letter."""
    text = text.strip()
    return text if "!" <= text[:1] <= "~" or not letters.is_blank(text) else ""


def word(row, *names):
    """The first of these values that is a text and not empty. Here and below, `row` is an object from `normalised`."""
    for name in names:
        if (value := row.get(name)) and isinstance(value, str):
            return value
    return ""


def whole(value, otherwise):
    try:
        return min(2**31 - 1, max(0, int(value)))
    except (TypeError, ValueError, OverflowError):
        return otherwise


def rows(row, *names):
    """A list of objects. It accepts an object keyed by name, as in 1.x, plain names, and one object instead of a
    list."""
    for name in names:
        value = row.get(name)
        if isinstance(value, list):
            return [{"name": inner} if isinstance(inner, str) else inner for inner in value if type(inner) in _ROWS]
        if isinstance(value, dict):
            if any(isinstance(value.get(one), str) for one in _NAMING):
                return [value]
            return [{"name": seen(key), **inner} for key, inner in value.items() if isinstance(inner, dict)]
        if value and isinstance(value, str):
            return [{"name": value}]
    return []


def named(row, *names):
    """The names of the objects in a list."""
    return [name for one in rows(row, *names) if (name := word(one, "name"))]


def literal(row):
    return word(row, "literal", "code")


def relation(row, *names):
    """The relation of an object to the item, without the address of its vocabulary: "author"."""
    if written := word(row, *names, "rel"):
        return _without_vocabulary(written)
    several = row.get("rels")
    is_listed = isinstance(several, list) and several and isinstance(several[0], str)
    return _without_vocabulary(several[0]) if is_listed else ""


@functools.lru_cache(1_000)
def _without_vocabulary(written):
    return written.strip().lower().rpartition("/")[2].rpartition(":")[2]


def identity(row):
    """The source's own id of a person, section or tag. It must be absolute, so that two sites never share it; or ""."""
    if _IDENTIFYING.isdisjoint(row):
        return ""
    code, scheme = literal(row), word(row, "scheme")
    made = f"{scheme}{code}" if code and is_absolute(scheme) else ""
    return next(filter(is_absolute, (word(row, "uri"), word(row, "qcode"), code, made)), "")


def is_absolute(written):
    return "://" in written or written[:4].lower() in ("urn:", "tag:")


def lenient_datetime(row, name, zone, remarks):
    """The time of a date, or None. An invalid date adds a remark and does not refuse the item."""
    written = word(row, name)
    try:
        return parse_datetime(written, zone)[0]
    except UnknownZone as error:
        remarks.append(unknown_zone(name, written, error))
    except ValueError:
        remarks.append(_("its %(name)s is no date that we can read") % {"name": name})
    return None


def unknown_zone(name, written, error):
    """The remark for a date in an unknown time zone."""
    params = {"name": name, "zone": str(error)[:50], "date": written[:50]}
    return _("The time zone “%(zone)s” of its %(name)s, “%(date)s”, is not known: that time is left out.") % params
