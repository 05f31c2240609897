"""The tokens of html_in, and WordPress' shortcodes between them. Pure, never raises, in linear time.

A bracket is a shortcode, not words such as "[sic]", if one of these is true:

    it closes: [/name]                            a [/name] stands somewhere in the same text
    its name has an underscore: [vc_row]          a name="value" follows its name
    it belongs to WordPress and needs nothing more: [gallery]
    it belongs to a known plugin for advertisements or links: [ads], [related]
    it belongs to WordPress or a well-known platform, and has an address: [youtube https://…]
"""

import functools
import math
import re

from articles.text import html_in
from articles.text.html_in import decoded

PAGE_BREAKS = {"nextpage", "pagebreak", "page-break", "mce-pagebreak"}
CODES_ALONE = {"caption", "gallery", "nextpage", "playlist"}
CODES_OF_MEDIA = {
    "audio", "dailymotion", "embed", "facebook", "iframe", "instagram", "soundcloud", "tiktok", "tweet", "twitter",
    "video", "vimeo", "youtube",
}  # fmt: skip

# Plugins of the old site put advertisements, links to other stories, tables of contents and forms there.
_PLUGIN = re.compile(
    r"ads?[-_]?\d*|(?:ads|iklan|banner)[-_][a-z0-9_-]+|adsense|adinserter|adrotate|advertisement|banner|iklan|quads"
    r"|(?:related|terkait|berita|artikel)[-_](?:posts?|articles?|news|links?|terkait)|related|relatedposts|terkait"
    r"|baca-?juga|irp|jnews[a-z_-]*|tdb?_[a-z_]+|toc|ez-toc|lwptoc|contact-form-7|wpforms|mc4wp_form|newsletter"
    r"|share|sharing|social-share|addtoany|sharethis|rev_slider|wp_ad_camp_\d+|the_ad"
)

# All quantifiers are possessive, so that a failed match never reads the same letters twice.
_NEXT = re.compile(r"[<\[]")
_CODE = re.compile(r"\[(/?)([A-Za-z][A-Za-z0-9_-]*+)(?=[\s=/\]])([^\[\]]*+)\]")
_ESCAPED_CODE = re.compile(r"\[(\[/?[A-Za-z][A-Za-z0-9_-]*+(?=[\s=/\]])[^\[\]]*+\])\]")
_CLOSED_CODE = re.compile(r"\[/([A-Za-z][A-Za-z0-9_-]*+)\s*+\]")
_HAS_VALUE = re.compile(r"\s++[A-Za-z][\w-]*+(?:=|\s*+=\s*+[\"'])")
_MAY_BE_CODE = re.compile(r"\[([a-z][a-z0-9_-]{1,40})\](?=[<\n]|\Z)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_POSTER = re.compile(r"\bposter=\S+")


class Tokens(html_in.Tokens):
    """All tokens of html_in, and: ("break", "", "") for a page break, ("code", name, rest of the bracket) and
    ("code end", name, …) for shortcodes. `doubtful`: names in brackets alone on a line, which may be shortcodes.
    """

    def __init__(self, source):
        super().__init__(source, dropped=())
        self.closed_codes = {name.lower() for name in _CLOSED_CODE.findall(source)} if "[/" in source else set()
        self.ahead = {}  # {name: position of its next end tag}
        self.doubtful = {}

    def __iter__(self):
        return self._with_codes() if "[" in self.source else super().__iter__()

    def _with_codes(self):
        while opening := _NEXT.search(self.source, self.at):
            start = opening.start()
            if start > self.at:
                yield "text", "", self.source[self.at : start]
            if token := self.markup(start) if opening[0] == "<" else self._code(start):
                yield token
        if self.at < len(self.source):
            yield "text", "", self.source[self.at :]

    def comment(self, words):
        return ("break", "", "") if words[:40].strip().lower() in PAGE_BREAKS else None

    def has_end(self, name):
        """Whether the end of an element, or of a shortcode ("[name]"), lies ahead."""
        if self.ahead.get(name, 0) < self.at:
            end = _end_of(name).search(self.source, self.at)
            self.ahead[name] = end.start() if end else math.inf
        return self.ahead[name] < math.inf

    def _code(self, start):
        """The token that begins with the "[" at `start`."""
        if escaped := _ESCAPED_CODE.match(self.source, start):
            self.at = escaped.end()
            return "text", "", escaped[1]
        match = _CODE.match(self.source, start)
        if not match or not self._is_code(*match.groups()):
            self._doubt(start)
            self.at = start + 1
            return "text", "", "["
        self.at = match.end()
        name = match[2].lower().removeprefix("wp_")
        if name == "nextpage":
            return None if match[1] else ("break", "", "")
        return "code end" if match[1] else "code", name, match[3]

    def _doubt(self, start):
        """Remember a name in brackets that is alone on its line."""
        is_first = not start or self.source[start - 1] in ">\n"
        if is_first and (found := _MAY_BE_CODE.match(self.source, start)):
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
def _end_of(name):
    end = rf"\[/(?:wp_)?{name[1:-1]}\s*+\]" if name[0] == "[" else rf"</{re.escape(name)}(?=[\s/>])"
    return re.compile(end, re.I | re.A)


def address_in(rest):
    """The address in a media shortcode, or ""."""
    match = _ADDRESS.search(_POSTER.sub("", rest))
    return decoded(match[0]) if match else ""
