"""HTML of any kind as a row of tokens. Pure, never raises, in linear time, whatever is broken in it.

Not the standard library's html.parser: in releases that we run on, it takes quadratic time over broken markup.
"""

import functools
import html
import re

DROPPED = {"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"}  # with their words
NEVER_NESTED = {"iframe", "noscript", "script", "style", "title"}

# Possessive throughout: what does not match fails at once, without a second try of the same letters.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""")
_TAG_OF_BROKEN_QUOTES = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_OPENING = re.compile(r"</?[a-zA-Z]")
_DECLARATION = re.compile(r"</>|<(?:[!?]|/[^a-zA-Z])[^>]*+>")
# A name without a value matches, too: else it would be tried again from each of its letters.
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_ENTITY = re.compile(r"&#?\w+;")
_ZEROS, _NO_LETTER = re.compile(r"&#([xX]?)0++(?=\w)"), re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")
_SHORT = {  # most of the tags of a story, found without a regular expression
    f"<{mark}{name}>": ("end" if mark else "start", name, "")
    for name in ("a", "aside", "blockquote", "br", "em", "figcaption", "figure", "h2", "h3", "li", "p", "strong", "ul")
    for mark in ("", "/")
}


class Tokens:
    """The tokens of `source`, to be iterated once: ("text", "", words as written), ("start", name, what follows the
    name in the tag) and ("end", name, …). `at` is where the tag of the last one stood.
    """

    def __init__(self, source):
        self.source, self.at, self.tag = source, 0, _TAG
        self.last_end = source.rfind(">")
        self.has_comments, self.unclosed = True, set()

    def __iter__(self):
        source, end = self.source, 0
        while (start := source.find("<", end)) >= 0:
            if start > end:
                yield "text", "", source[end:start]
            self.at, end = start, source.find(">", start, start + 13) + 1
            token = _SHORT.get(source[start:end]) if end else None
            if not token:
                token, end = self._markup(start)
            if token:
                yield token
        if end < len(source):
            yield "text", "", source[end:]

    def _markup(self, at):
        """(token, where to read on); no token where nothing is to be seen."""
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 2) if self.has_comments else -1
            self.has_comments = end >= 0
            return None, end + 3 if end >= 0 else at + 4
        found = at < self.last_end and (self.tag.match(source, at) or _DECLARATION.match(source, at))
        if found is None and _OPENING.match(source, at):  # a quote that never ends: from here on, none is looked at
            self.tag = _TAG_OF_BROKEN_QUOTES
            found = self.tag.match(source, at)
        if not found:
            return ("text", "", "<"), at + 1
        if found.re is _DECLARATION:
            return None, found.end()
        closing, name, rest = found[1], found[2].lower(), found[3]
        if name in DROPPED and not closing:
            return ("start", name, ""), self._behind(name, found.end(), rest)
        return ("end" if closing else "start", name, rest), found.end()

    def _behind(self, name, at, rest):
        """Where to read on behind the element `name` that began before `at`."""
        if name in self.unclosed or (rest.endswith("/") and name in ("svg", "math")):
            return at
        depth = 1
        for tag in _tags_of(name).finditer(self.source, at):
            depth += -1 if tag[1] else name not in NEVER_NESTED
            if depth == 0:
                return self.source.find(">", tag.end()) + 1 or len(self.source)
        self.unclosed.add(name)
        return len(self.source) if name in ("script", "style") else at


@functools.cache
def _tags_of(name):
    return re.compile(rf"<(/?){name}(?=[\s/>])", re.I | re.A)


def decoded(text):
    """Text without entities. Numbers that are no letter's cost nothing: Python refuses to read 5,000 digits."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _NO_LETTER.sub("\ufffd", _ZEROS.sub(r"&#\1", text))
    return html.unescape(text).replace("\r", "\n")


def attributes(rest):
    """{name: value} of what stands in a tag behind its name, "" without a value; the first of a name counts."""
    found = [(name.lower(), one or two or three) for name, one, two, three in _ATTRIBUTE.findall(rest)]
    # only entities that end in ";": in "?a=1&copy=2" there is none
    return {name: _ENTITY.sub(lambda match: decoded(match[0]), value) for name, value in reversed(found)}
