"""HTML of any kind as a sequence of tokens. Pure, never raises, in linear time even for broken HTML.

Not the standard library's html.parser: in releases that we run on, it takes quadratic time over broken markup.
"""

import functools
import html
import re

DROPPED = {"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"}  # with their words
NEVER_NESTED = {"iframe", "noscript", "script", "style", "title"}

# All patterns are possessive: if one does not match, it fails at once without trying the same letters again.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""")
_TAG_OF_BROKEN_QUOTES = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_OPENING = re.compile(r"</?[a-zA-Z]")
_DECLARATION = re.compile(r"</>|<(?:[!?]|/[^a-zA-Z])[^>]*+>")
# A name without a value matches, too; otherwise it would be tried again from each of its letters.
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_ENTITY = re.compile(r"&#?\w+;")
_ZEROS, _NO_LETTER = re.compile(r"&#([xX]?)0++(?=\w)"), re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")
_SHORT = {  # most tags of a story are found here, without a regular expression
    f"<{mark}{name}>": ("end" if mark else "start", name, "")
    for name in ("a", "aside", "blockquote", "br", "em", "figcaption", "figure", "h2", "h3", "li", "p", "strong", "ul")
    for mark in ("", "/")
}


class Tokens:
    """The tokens of `source`, for one iteration: ("text", "", raw words), ("start", name, rest of the tag after
    the name) and ("end", name, …). `at` is the reading position, which a caller may move ahead by `skip`.

    Elements in `dropped` are left out with their words; only their "start" comes.
    """

    def __init__(self, source, dropped=DROPPED):
        self.source, self.at, self.dropped = source, 0, dropped
        self.tag, self.last_end = _TAG, source.rfind(">")
        self.has_comments, self.unclosed = True, set()

    def __iter__(self):
        source = self.source
        while (start := source.find("<", self.at)) >= 0:
            if start > self.at:
                yield "text", "", source[self.at : start]
            if token := self.markup(start):
                yield token
        if self.at < len(source):
            yield "text", "", source[self.at :]

    def skip(self, name):
        """Move past the end of the element `name` that has just begun. False if it never ends."""
        if name in self.unclosed:
            return False
        depth = 1
        for tag in _tags_of(name).finditer(self.source, self.at):
            depth += -1 if tag[1] else name not in NEVER_NESTED
            if depth == 0:
                self.at = self.source.find(">", tag.end()) + 1 or len(self.source)
                return True
        self.unclosed.add(name)
        return False

    def drop(self, name, rest):
        """Skip an element that readers never see. If it never ends, only scripts and styles lose the text after it."""
        if rest.endswith("/") and name in ("svg", "math"):
            return
        if not self.skip(name) and name in ("script", "style"):
            self.at = len(self.source)

    def markup(self, start):
        """The token that begins with the "<" at `start`; `at` moves behind it. None if nothing is visible."""
        source = self.source
        end = source.find(">", start, start + 13) + 1
        if end and (token := _SHORT.get(source[start:end])):
            self.at = end
            return token
        if source.startswith("<!--", start):
            end = source.find("-->", start + 2) if self.has_comments else -1
            self.has_comments = end >= 0
            self.at = end + 3 if end >= 0 else start + 4
            return self.comment(source[start + 4 : end]) if end >= 0 else ("text", "", "<!--")
        match = start < self.last_end and (self.tag.match(source, start) or _DECLARATION.match(source, start))
        if match is None and _OPENING.match(source, start):  # a quote never ends: ignore quotes from here
            self.tag = _TAG_OF_BROKEN_QUOTES
            match = self.tag.match(source, start)
        self.at = match.end() if match else start + 1
        if not match:
            return "text", "", "<"
        return self._token(match) if match.re is not _DECLARATION else None

    def comment(self, words):
        """The token of a comment; subclasses may return one."""

    def _token(self, match):
        name, rest = match[2].lower(), match[3]
        if match[1]:
            return "end", name, rest
        if name in self.dropped:
            self.drop(name, rest)
            return "start", name, ""
        return "start", name, rest


@functools.cache
def _tags_of(name):
    return re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.I | re.A)


def decoded(text):
    """Text without entities. Impossible numbers are replaced first, because Python refuses to read 5,000 digits."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _NO_LETTER.sub("\ufffd", _ZEROS.sub(r"&#\1", text))
    return html.unescape(text).replace("\r", "\n")


def attributes(rest):
    """{name: value} of the attributes in `rest`, "" without a value; the first of a name counts."""
    pairs = [(name.lower(), one or two or three) for name, one, two, three in _ATTRIBUTE.findall(rest)]
    # only entities that end in ";", because "?a=1&copy=2" has none
    return {name: _ENTITY.sub(lambda match: decoded(match[0]), value) for name, value in reversed(pairs)}
