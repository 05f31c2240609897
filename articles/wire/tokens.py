"""HTML of any kind, with WordPress' shortcodes in it, as a row of tokens. Pure, never raises, in linear time.

Not the standard library's html.parser: in releases that we run on, it takes quadratic time over broken markup.
A bracket is a shortcode, and no words such as "[sic]", if one of these holds:

    it closes: [/name]                            a [/name] stands somewhere in the same text
    its name has an underscore: [vc_row]          a name="value" follows its name
    it is of WordPress and needs nothing more: [gallery]
    it is known to be of a plugin that puts advertisements or links there: [ads], [related]
    it is of WordPress, or of a well-known platform, and has an address: [youtube https://…]
"""

import functools
import math
import re
from typing import NamedTuple

from articles.html_in import decoded

PAGE_BREAKS = {"nextpage", "pagebreak", "page-break", "mce-pagebreak"}
CODES_ALONE = {"caption", "gallery", "nextpage", "playlist"}
CODES_OF_MEDIA = {
    "audio", "dailymotion", "embed", "facebook", "iframe", "instagram", "soundcloud", "tiktok", "tweet", "twitter",
    "video", "vimeo", "youtube",
}  # fmt: skip

# Advertisements, links to other stories, tables of contents, forms: what a plugin of the old site put there.
_PLUGIN = re.compile(
    r"ads?[-_]?\d*|(?:ads|iklan|banner)[-_][a-z0-9_-]+|adsense|adinserter|adrotate|advertisement|banner|iklan|quads"
    r"|(?:related|terkait|berita|artikel)[-_](?:posts?|articles?|news|links?|terkait)|related|relatedposts|terkait"
    r"|baca-?juga|irp|jnews[a-z_-]*|tdb?_[a-z_]+|toc|ez-toc|lwptoc|contact-form-7|wpforms|mc4wp_form|newsletter"
    r"|share|sharing|social-share|addtoany|sharethis|rev_slider|wp_ad_camp_\d+|the_ad"
)

# Possessive throughout: what does not match fails at once, without a second try of the same letters.
_NEXT = re.compile(r"[<\[]")
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""")
_TAG_OF_BROKEN_QUOTES = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_DECLARATION = re.compile(r"</>|<(?:[!?]|/[^a-zA-Z])[^>]*+>")
_MARKUP = re.compile(r"<(?:/?[a-zA-Z]|[!?]|/[^a-zA-Z])")
_CODE = re.compile(r"\[(/?)([A-Za-z][A-Za-z0-9_-]*+)(?=[\s=/\]])([^\[\]]*+)\]")
_ESCAPED_CODE = re.compile(r"\[(\[/?[A-Za-z][A-Za-z0-9_-]*+(?=[\s=/\]])[^\[\]]*+\])\]")
_CLOSED_CODE = re.compile(r"\[/([A-Za-z][A-Za-z0-9_-]*+)\s*+\]")
_HAS_VALUE = re.compile(r"\s++[A-Za-z][\w-]*+(?:=|\s*+=\s*+[\"'])")
_MAY_BE_CODE = re.compile(r"\[([a-z][a-z0-9_-]{1,40})\](?=[<\n]|\Z)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_POSTER = re.compile(r"\bposter=\S+")


class Token(NamedTuple):
    """`kind`: "text", "start", "end", "break" (of the page), "code" or "code end" (shortcodes).

    `name` is a tag or a shortcode in lower case; `rest` is the text, decoded, or what follows the name, as written.
    """

    kind: str
    name: str = ""
    rest: str = ""


class Tokens:
    """The tokens of `source`, to be iterated once; whoever iterates may `skip` what lies ahead."""

    def __init__(self, source):
        self.source, self.at = source, 0
        self.tag = _TAG
        self.last_end = source.rfind(">")
        self.has_comments = True
        self.closed_codes = {name.lower() for name in _CLOSED_CODE.findall(source)}
        self.ahead = {}  # where the next end tag of a name stands
        self.unclosed = set()
        self.doubtful = {}  # names in brackets on a line of their own that may be shortcodes

    def __iter__(self):
        while opening := _NEXT.search(self.source, self.at):
            if opening.start() > self.at:
                yield self._text(opening.start())
            token = self._tag() if opening[0] == "<" else self._code()
            if token is None:
                yield self._text(self.at + 1)
            elif token.kind:
                yield token
        if self.at < len(self.source):
            yield self._text(len(self.source))

    def skip(self, name):
        """Leave out what lies ahead up to the end of the element `name` that has just begun; False if it never ends."""
        if name in self.unclosed:
            return False
        depth = 1
        for tag in _tags_of(name).finditer(self.source, self.at):
            depth += -1 if tag[1] else 1
            if depth == 0:
                self.at = self.source.find(">", tag.end()) + 1 or len(self.source)
                return True
        self.unclosed.add(name)
        return False

    def has_end(self, name):
        """Whether the end of an element, or of a shortcode ("[name]"), lies ahead."""
        if self.ahead.get(name, 0) < self.at:
            end = _end_of(name).search(self.source, self.at)
            self.ahead[name] = end.start() if end else math.inf
        return self.ahead[name] < math.inf

    def _text(self, end):
        start, self.at = self.at, end
        return Token("text", "", decoded(self.source[start:end]))

    def _tag(self):
        """The token of what stands here, one without a kind if it is nothing to be seen, or None if it is text."""
        if self.source.startswith("<!--", self.at):
            return self._comment()
        if self.at > self.last_end or not _MARKUP.match(self.source, self.at):
            return None
        found = self.tag.match(self.source, self.at) or _DECLARATION.match(self.source, self.at)
        if not found:  # a quote that never ends: from here on, quotes are not looked at
            self.tag = _TAG_OF_BROKEN_QUOTES
            found = self.tag.match(self.source, self.at)
        self.at = found.end()
        if found.re is _DECLARATION:
            return Token("")
        return Token("end" if found[1] else "start", found[2].lower(), found[3])

    def _comment(self):
        end = self.source.find("-->", self.at + 2) if self.has_comments else -1
        if end < 0:
            self.has_comments = False
            return None
        start, self.at = self.at + 4, end + 3
        is_break = self.source[start : min(end, start + 40)].strip().lower() in PAGE_BREAKS
        return Token("break" if is_break else "")

    def _code(self):
        if escaped := _ESCAPED_CODE.match(self.source, self.at):
            self.at = escaped.end()
            return Token("text", "", decoded(escaped[1]))
        found = _CODE.match(self.source, self.at)
        if not found or not self._is_code(*found.groups()):
            self._doubt()
            return None
        self.at = found.end()
        name = found[2].lower().removeprefix("wp_")
        if name == "nextpage":
            return Token("" if found[1] else "break")
        return Token("code end" if found[1] else "code", name, found[3])

    def _doubt(self):
        """Remember a name in brackets that has a line for itself."""
        found = _MAY_BE_CODE.match(self.source, self.at)
        if (
            found
            and (not self.at or self.source[self.at - 1] in ">\n")
            and self.source[found.end() : found.end() + 1] in "<\n"
        ):
            self.doubtful[found[1]] = True

    def _is_code(self, closing, name, rest):
        known = name.lower()
        return bool(
            closing
            or "_" in name
            or known in self.closed_codes
            or name in CODES_ALONE
            or _PLUGIN.fullmatch(name)
            or _HAS_VALUE.match(rest)
            or (known in CODES_OF_MEDIA and _ADDRESS.search(rest))
        )


@functools.cache
def _tags_of(name):
    return re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.I | re.A)


@functools.cache
def _end_of(name):
    end = rf"\[/(?:wp_)?{name[1:-1]}\s*+\]" if name[0] == "[" else rf"</{re.escape(name)}(?=[\s/>])"
    return re.compile(end, re.I | re.A)


def address_in(rest):
    """The address that a shortcode of media names, or ""."""
    found = _ADDRESS.search(_POSTER.sub("", rest))
    return decoded(found[0]) if found else ""
