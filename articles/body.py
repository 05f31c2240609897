"""The text of a story: cleaned, split into pages, read for its references. Pure: strings in, strings out.

A clean body is a row of blocks, each a top-level element:

    <p> <h2> <h3> <ul> <ol> <blockquote>          text, with <strong> <em> <s> <sub> <sup> <br> <a> inside
    <aside data-story="UID"></aside>              a related story ("Baca juga")
    <figure data-photo="UID"><figcaption>         a photo from the library, with the caption of this use
    <hr>                                          where the editor breaks the page
"""

import functools
import html
import re
import uuid
from typing import NamedTuple

import nh3

from articles import letters

INLINE = {"a", "br", "em", "s", "strong", "sub", "sup"}
TEXT_BLOCKS = {"blockquote", "h2", "h3", "ol", "p", "ul"}
OUR_NODES = {"aside", "figure", "hr"}
WORDS_A_PAGE = 450  # a page breaks by itself only where the editor set no break

_cleaner = nh3.Cleaner(
    tags=INLINE | TEXT_BLOCKS | OUR_NODES | {"figcaption", "li"},
    attributes={"a": {"href"}, "aside": {"data-story"}, "figure": {"data-photo"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "title", "svg", "math"},
)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')
_UID = re.compile(r'data-(?:story|photo)="([^"]*)"')
_NESTED_NODE = re.compile(
    r"<aside[^>]*>.*?</aside>|<figure[^>]*>.*?</figure>|<hr>|</?(?:aside|figure|figcaption)[^>]*>", re.S
)
_BETWEEN = re.compile(r"(</(?:p|h2|h3|ul|ol|blockquote|figure|aside)>)\s+(?=<)")
_SURELY_WORDS = re.compile(r">\s*[^\s<&]")


class Block(NamedTuple):
    """One top-level element. `kind` is its tag; `uid` is what an aside or figure refers to, else None."""

    kind: str
    html: str
    uid: str | None = None

    @property
    def caption(self):
        """The words of a figure."""
        return text(self.html)


class References(NamedTuple):
    stories: list[str]
    photos: list[str]


class Clean(str):
    """Text as `clean` gives it: to clean it again would change nothing, and is left out."""

    __slots__ = ()


def clean(source):
    """The same text with nothing but what this module's docstring lists. Never raises; clean(clean(x)) == clean(x).

    Parsing what was just written can move elements once more where they were nested against the rules of
    HTML, so this runs until nothing moves; what does not come to rest is kept as plain paragraphs.
    """
    if isinstance(source, Clean):
        return source
    before = _BETWEEN.sub(r"\1", source)
    for _ in range(6):
        after = _BETWEEN.sub(r"\1", _tidy(_cleaner.clean(letters.sound(before))))
        if after == before:
            return Clean(after)
        before = after
    lines = text(before).replace("\xa0", " ").splitlines()
    return Clean("".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in lines if line.strip()))


@functools.lru_cache(256)
def blocks(clean_html):
    """The blocks of a clean body, in order: a tuple, parsed once for all pages of the text."""
    return tuple(_block(kind, part) for kind, part in _top_level(clean_html))


def pages(clean_html):
    """The blocks in pages, page breaks left out: a list of lists. No page is empty, but the one of an empty text.

    Pages break where the editor broke them, or else by length; between blocks only, never straight after
    a related story or a heading (rules.md C6): the break then moves up to before it.
    """
    every = blocks(clean_html)
    content = [block for block in every if block.kind != "hr"]
    cuts = _editors_cuts(every) or _cuts_by_length(content)
    cuts = sorted({_moved_up(content, cut) for cut in cuts} - {0, len(content)})
    return [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]


def references(clean_html):
    """The uids that a body refers to, each once, in the order of the text."""
    every = blocks(clean_html)
    named = {kind: list(dict.fromkeys(b.uid for b in every if b.kind == kind)) for kind in ("aside", "figure")}
    return References(stories=named["aside"], photos=named["figure"])


def text(any_html):
    """What is left to read without markup: a line for each block."""
    spaced = re.sub(r"</(?:p|h2|h3|li|blockquote|figcaption|aside)>|<br>|<hr>", "\n", any_html)
    return html.unescape(_TAG.sub("", spaced)).strip()


def word_count(any_html):
    return len(text(any_html).split())


def _editors_cuts(every):
    """How many blocks of content stand before each of the editor's page breaks."""
    cuts, seen = [], 0
    for block in every:
        if block.kind == "hr":
            cuts.append(seen)
        else:
            seen += 1
    return cuts


def _cuts_by_length(content):
    """Where pages of about equal length end, if the text is longer than a page and a half."""
    words = [word_count(block.html) for block in content]
    wanted = max(1, round(sum(words) / WORDS_A_PAGE))
    cuts, seen = [], 0
    for index, count in enumerate(words):
        if len(cuts) < wanted - 1 and seen >= sum(words) * (len(cuts) + 1) / wanted:
            cuts.append(index)
        seen += count
    return cuts


def _moved_up(content, cut):
    while cut and content[cut - 1].kind in ("aside", "h2", "h3"):
        cut -= 1
    return cut


def _block(kind, part):
    uid = _UID.search(part) if kind in ("aside", "figure") else None
    return Block(kind, part, uid and uid[1])


def _top_level(markup):
    """(tag, markup) of each top-level element of well-nested HTML; what lies loose between them comes as "p"."""
    depth, start, kind = 0, 0, ""
    for match in _TAG.finditer(markup):
        closing, tag = match[1], match[2]
        if tag in INLINE:
            continue
        if depth == 0:
            yield from _loose(markup[start : match.start()])
            start, kind = match.start(), tag
        depth += 0 if tag == "hr" else -1 if closing else 1
        if depth == 0:
            yield kind, markup[start : match.end()]
            start = match.end()
    yield from _loose(markup[start:])


def _loose(part):
    if part.strip():
        yield "p", f"<p>{part.strip()}</p>"


def _tidy(markup):
    """One pass of cleaning over well-nested HTML: every part in its place, or its words kept in another."""
    parts = []
    for kind, part in _top_level(markup):
        match kind:
            case "hr":
                if parts and parts[-1] != "<hr>":
                    parts.append(part)
            case "aside" | "figure":
                parts.append(_our_node(kind, part))
            case "li":
                parts.append(f"<ul>{part}</ul>")
            case "figcaption":
                parts.append(f"<p>{_inner(part)}</p>")
            case _:
                alone = _NESTED_NODE.sub("", part)
                parts.append(alone if _SURELY_WORDS.search(alone) or text(alone) else "")
    while parts and parts[-1] in ("", "<hr>"):
        parts.pop()
    return "".join(parts)


def _our_node(kind, part):
    """An aside or figure in the one form we write; without a valid uid, what it held."""
    try:
        uid = uuid.UUID(_UID.search(part)[1])
    except (TypeError, ValueError):
        return _inner(part)
    if kind == "aside":
        return f'<aside data-story="{uid}"></aside>'
    caption = html.escape(" ".join(text(part).split()), quote=False)
    return f'<figure data-photo="{uid}"><figcaption>{caption}</figcaption></figure>'


def _inner(part):
    return part[part.index(">") + 1 : part.rindex("<")]
