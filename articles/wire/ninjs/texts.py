"""Headlines, descriptions and bodies of a ninjs object of any version, by role. Pure."""

import html
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.text import body

from ..html import convert
from .parts import rows, word

LEADS = ["summary", "lead", "abstract", "text", "", "teaser", "richtext"]  # descriptions that may be the standfirst
CAPTIONS = ["caption", "text", "", "lead", "summary", "richtext"]
HTML, ANY, PLAIN, NITF, FOREIGN = "html", "", "plain", "nitf", "foreign"
_ENDINGS = {"text": PLAIN, "html": HTML, "xhtml": HTML, "html5": HTML, "richhtml5": HTML, "nitf": NITF}
MEDIA_TYPES = {HTML: "text/html", NITF: "application/nitf+xml"}
_ORDER = {HTML: 0, ANY: 1, PLAIN: 2, NITF: 3}
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*[\s/>]|!--)", re.I)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d+|#x[0-9a-f]+);", re.I)
_CONTENT = re.compile(r"<(?:\w+:)?body\.content\b[^<>]*>", re.I)


class Text(NamedTuple):
    """`kind`: the format of `value`; ANY if it is not named."""

    role: str
    kind: str
    value: str

    @property
    def plain(self):
        if self.kind == HTML:
            return body.text(self.value)
        return html.unescape(self.value) if self.kind == ANY and _ENTITY.search(self.value) else self.value


class Texts:
    """`is_ours`: written by a newsroom like this one, so headlines and descriptions are plain text without tags."""

    def __init__(self, data, *, is_ours=False):
        self.headlines = _texts(data, "headlines", "headline")
        self.descriptions = _texts(data, "descriptions", "description")
        if is_ours:
            self.headlines, self.descriptions = (
                [one._replace(kind=PLAIN) for one in texts] for texts in (self.headlines, self.descriptions)
            )
        self.bodies = _texts(data, "bodies", "body")
        self.title = word(data, "title")
        self.used = set()  # all texts that were used, plain

    def headline(self, role="main"):
        """The headline of a role. The main one may have any role except those that we use for other headlines."""
        found = self._first(self.headlines, [role])
        if role != "main":
            return found
        others = [one.role for one in self.headlines if one.role not in ("short", "kicker")]
        return found or self._first(self.headlines, ["", *others]) or self.title

    def description(self, *roles):
        """The description of the first role that has one."""
        return self._first(self.descriptions, roles)

    def _first(self, texts, roles):
        for role in roles:
            for one in texts:
                if one.role == role:
                    if words := one.plain:
                        self.used.add(words)
                        return words
                    break
        return ""

    def plain_body(self):
        """The first body of plain text, or ""."""
        return next((one.value for one in self.bodies if one.kind in (PLAIN, ANY)), "")

    def ours(self):
        """The body of a file of ours, which needs no conversion."""
        return next((one.value for one in self.bodies), "")

    def body(self, headline, picture, base=""):
        """(text, pictures, remarks). HTML is preferred, then plain text, then NITF; the role "main" before others."""
        usable = sorted((one for one in self.bodies if one.kind in _ORDER), key=_preference)
        for at, one in enumerate(usable):
            found, pictures, remarks = _converted(one, base, headline, picture)
            if found:
                if any(other.kind == one.kind and other.plain != one.plain for other in usable[at + 1 :]):
                    remarks = [*remarks, _("another body beside the one that was taken")]
                return found, pictures, remarks
        return "", [], [_("a body in a format that we do not read")] if self.bodies else []

    def left_out(self, text):
        """(name, words) of headlines and descriptions that were not used, and are not in the body `text`."""
        texts = [("headline", one) for one in self.headlines] + [("description", one) for one in self.descriptions]
        unused = [(f"{name} {one.role}".strip(), one.plain) for name, one in texts if one.plain not in self.used]
        if not unused:
            return []
        used, inside = set(map(_folded, self.used)), _folded(body.text(text))
        folded = [(name, words, _folded(words)) for name, words in unused]
        return [(name, words) for name, words, same in folded if same not in used and same not in inside]


def _folded(words):
    return " ".join(words.split()).casefold()


def _texts(data, plural, singular):
    """The Texts of 2.x and 3.x, and of 1.x, whose keys contain role and kind: description_caption_xhtml."""
    found = [
        Text(role := word(row, "role").lower(), _kind(word(row, "contenttype", "mimetype"), role), word(row, "value"))
        for row in rows(data, plural)
    ]
    beginning = f"{singular}_"
    for name in data:
        if name.startswith(singular) and (name == singular or name.startswith(beginning)):
            *parts, ending = name.split("_")[1:] or [""]
            is_kind = ending in _ENDINGS
            role = "_".join(parts if is_kind else [*parts, ending])
            role = "text" if is_kind and not role and singular == "description" else role
            found.append(Text(role, _ENDINGS.get(ending, ANY), word(data, name)))
    return [_with_kind(one) for one in found if one.value]


def _kind(content_type, role):
    media_type = content_type.lower().partition(";")[0].strip()
    if not media_type:
        return _ENDINGS.get(role, ANY)
    if "html" in media_type:
        return HTML
    if "nitf" in media_type:
        return NITF
    return PLAIN if media_type.startswith("text/plain") else FOREIGN if "/" in media_type else ANY


def _with_kind(text):
    """A text without a kind is HTML if it has tags. A text of any kind of XML may be NITF."""
    if text.kind == ANY and _TAG.search(text.value):
        return text._replace(kind=NITF if _CONTENT.search(text.value) else HTML)
    if text.kind == FOREIGN and _CONTENT.search(text.value):
        return text._replace(kind=NITF)
    return text


def _preference(text):
    return _ORDER[text.kind], text.role not in ("main", "")


def _converted(text, base, headline, picture):
    """(text, pictures, remarks)."""
    media_type = MEDIA_TYPES.get(text.kind, "text/plain")
    result = convert.convert(text.value, media_type=media_type, base=base, headline=headline, picture=picture)
    return result.body, result.pictures, result.remarks
