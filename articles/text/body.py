"""The text of a story: cleaned, split into pages, read for its references. Pure: strings in, strings out.

A clean body is a row of blocks, each a top-level element:

    <p> <h2> <h3> <ul> <ol> <blockquote>          text, with <strong> <em> <s> <sub> <sup> <br> <a> inside
    <ol start="4">                                a list that goes on from another
    <aside data-story="UID"></aside>              a related story ("Baca juga")
    <figure data-photo="UID"><figcaption>         a photo from the library, with the caption of this use
    <hr>                                          where the editor breaks the page
"""

import functools
import html
import re
from typing import NamedTuple

import nh3
from django.utils.translation import gettext as _

from . import html_in, letters, links

INLINE = html_in.MARKS | {"br"}
TEXT_BLOCKS = {"blockquote", "h2", "h3", "ol", "p", "ul"}
OUR_NODES = {"aside", "figure", "hr"}
_ENDS_A_LINE = html_in.BLOCKS | {"br"}
LONGEST = 400_000  # characters, as it comes and as it is stored
LONGEST_LEAD = 5_000  # characters of a text without paragraphs of which its beginning is read
WORDS_A_PAGE = 450  # a page breaks by itself only where the editor set no break

_cleaner = nh3.Cleaner(
    tags=INLINE | TEXT_BLOCKS | OUR_NODES | {"figcaption", "li"},
    attributes={"a": {"href"}, "aside": {"data-story"}, "figure": {"data-photo"}, "ol": {"start"}},
    url_schemes=set(links.SCHEMES),
    link_rel=None,
    clean_content_tags=html_in.DROPPED,
)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]++|"[^"]*+")*+)>')
_LINE_ENDS = re.compile(r"(?:</?(?:p|h2|h3|li|ul|ol|blockquote|figcaption|aside|figure|br|hr)>)++")
_ANY_TAG = re.compile(r'</?([a-zA-Z][^\s/<>]*+)(?:[^<>"]++|"[^"<]*+")*+>')
_UID = re.compile(r'data-(?:story|photo)="([^"]*)"')
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.S)
_WORDS = re.compile(r">[^<>]++<")


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


class TooLong(ValueError):
    """A text is longer than any that is stored: a sentence for the person who sent it."""


class Clean(str):
    """Text as `clean` gives it: to clean it again would change nothing, and is left out."""

    __slots__ = ()


def bounded(source):
    """`clean(source)`, if that is no longer than a text may be. Raises TooLong, before any work where it can."""
    if isinstance(source, Clean):
        return source
    if len(source) > LONGEST or len(found := clean(source)) > LONGEST:
        raise TooLong(
            _("The text is longer than %(count)s thousand characters: make it two.") % {"count": LONGEST // 1000}
        )
    return found


def clean(source):
    """The same text with nothing but what this module's docstring lists. Never raises; clean(clean(x)) == clean(x).

    It is written anew block by block (html_in/), which bounds what the cleaner has to parse, and the cleaner has the
    last word on every tag and address: where it takes one away, what is left is written once more.
    """
    return source if isinstance(source, Clean) else _cleaned(source)


@functools.lru_cache(16)
def _cleaned(source):
    """One text is asked for by its form, each check of it and the field that stores it."""
    before = source
    for _round in range(4):
        written = html_in.read(letters.sound(before))
        if "&" in before:  # a character may have been written as its number
            written = letters.sound(written)
        tags = _WORDS.sub(">a<", written)  # the cleaner takes the square of a paragraph's length for its entities
        if _cleaner.clean(tags) == tags:
            return Clean(written)
        before = _cleaner.clean(written)
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
    moved = _moved_up(content)
    cuts = sorted({moved[cut] for cut in cuts} - {0, len(content)})
    return [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]


def references(clean_html):
    """The uids that a body refers to, each once, in the order of the text."""
    every = blocks(clean_html)
    named = {kind: list(dict.fromkeys(b.uid for b in every if b.kind == kind)) for kind in ("aside", "figure")}
    return References(stories=named["aside"], photos=named["figure"])


def text(any_html):
    """What is left to read without markup: a line for each block."""
    spaced = any_html.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n")  # most stories are that alone
    if "<" in spaced:
        spaced = _LINE_ENDS.sub("\n", spaced)
        spaced = _ANY_TAG.sub(lambda tag: "\n" * (tag[1].lower() in _ENDS_A_LINE), spaced)
    if "\n\n" in spaced:
        spaced = re.sub(r"\n{2,}", "\n", spaced)
    return html_in.decoded(spaced).strip()


def first_paragraph(clean_html):
    """The words of the first paragraph that has any; of a text without paragraphs, of all of it."""
    found = (text(part[0]) for part in _PARAGRAPH.finditer(clean_html))
    return next(filter(None, found), "") or text(clean_html[:LONGEST_LEAD])


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
    """Where pages end, if the text is longer than a page and a half: each takes its part of the words still to come.

    A block longer than several pages is one page, and what follows it is shared out anew. No page is but a rest of
    less than half of one.
    """
    words = [word_count(block.html) for block in content]
    left, seen = sum(words), 0  # words from the beginning of this page to the end, and those of this page so far
    cuts = []
    for index, count in enumerate(words):
        pages = round(left / WORDS_A_PAGE)
        if pages > 1 and seen >= left / pages and left - seen >= WORDS_A_PAGE / 2:
            cuts.append(index)
            left, seen = left - seen, 0
        seen += count
    return cuts


def _moved_up(content):
    """Where a cut before each block, and one at the end, moves up to."""
    moved = [0]
    for index, block in enumerate(content):
        moved.append(moved[index] if block.kind in ("aside", "h2", "h3") else index + 1)
    return moved


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
