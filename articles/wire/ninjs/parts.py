"""What the objects of ninjs have in common, whatever its version. Pure."""

from django.utils.translation import gettext as _

from articles import letters
from articles.wire.item import Refusal
from articles.wire.times import moment

MOST = 500  # of any list: people, tags, pictures
DEEPEST = 20
_NAMING = ("name", "value", "href", "uri", "literal", "code")


def lower(value, depth=0):
    """The same with every key in lower case. Raises Refusal for what is nested beyond reason."""
    if depth > DEEPEST:
        raise Refusal(_("It is nested too deeply."))
    if isinstance(value, dict):
        pairs = value.items()
        return {key.lower(): inner if isinstance(inner, str) else lower(inner, depth + 1) for key, inner in pairs}
    if isinstance(value, list):
        return [lower(inner, depth + 1) for inner in value[:MOST]]
    return value


def word(row, *names):
    """The first of these that is a text with something to see in it, without space around it."""
    for name in names:
        if isinstance(value := row.get(name), str) and not letters.is_blank(letters.sound(value)):
            return value.strip()
    return ""


def whole(value, otherwise):
    try:
        return min(2**31 - 1, max(0, int(value)))
    except (TypeError, ValueError, OverflowError):
        return otherwise


def rows(row, *names):
    """A list of objects, also where 1.x has an object keyed by name, and where somebody writes names alone or one
    object instead of a list."""
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            if any(isinstance(value.get(one), str) for one in _NAMING):
                return [value]
            return [{"name": key, **inner} for key, inner in value.items() if isinstance(inner, dict)]
        if isinstance(value, str) and not letters.is_blank(value):
            return [{"name": value}]
        if isinstance(value, list):
            named = ({"name": inner} if isinstance(inner, str) else inner for inner in value)
            return [inner for inner in named if isinstance(inner, dict)]
    return []


def named(row, *names):
    """What the objects of a list are called."""
    return [name for one in rows(row, *names) if (name := word(one, "name"))]


def literal(row):
    return word(row, "literal", "code")


def relation(row, *names):
    """What somebody or something is to the item, without the address of its vocabulary: "author"."""
    several = row.get("rels")
    first = several[0] if isinstance(several, list) and several and isinstance(several[0], str) else ""
    return (word(row, *names, "rel") or first).strip().lower().rpartition("/")[2].rpartition(":")[2]


def identity(row):
    """The source's own id of a person, section or tag, where it is absolute: "" for what two sites may both use."""
    code, scheme = literal(row), word(row, "scheme")
    made = f"{scheme}{code}" if code and is_absolute(scheme) else ""
    return next(filter(is_absolute, (word(row, "uri"), word(row, "qcode"), code, made)), "")


def is_absolute(written):
    return "://" in written or written[:4].lower() in ("urn:", "tag:")


def sound_moment(row, name, zone, remarks):
    """A date that is no reason to refuse what it belongs to; one that cannot be read is told in `remarks`."""
    written = word(row, name)
    try:
        return moment(written, zone)[0]
    except ValueError:
        remarks.append(_("its %(name)s is no date that we can read") % {"name": name})
        return None
