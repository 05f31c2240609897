"""The text of a story: cleaned, split into pages, searched for references. Pure: strings in, strings out.

A clean body is a sequence of blocks, each a top-level element:

    <p> <h2> <h3> <ul> <ol> <blockquote>          text, with <strong> <em> <s> <sub> <sup> <br> <a> inside
    <ol start="4">                                a list that continues another
    <blockquote data-pull="">                     words of the text itself, set large ("pull quote")
    <table><thead><tr><th> <tbody><tr><td>        a plain table, its first row maybe of headings
    <aside data-story="UID"></aside>              a related story ("Baca juga")
    <figure data-photo="UID"><figcaption>         a photo from the library, with the caption of this use
    <figure data-embed="https://…"><figcaption>   a card that leads to a post or film elsewhere, with its title; with
                                                  data-photo before it, the card has that photo
    <hr>                                          a page break set by the editor
"""

import functools
import html
import re
from typing import NamedTuple

import nh3
from django.utils.translation import gettext as _

from . import html_in, letters, links

INLINE = html_in.MARKS | {"br"}
TEXT_BLOCKS = {"blockquote", "h2", "h3", "ol", "p", "table", "ul"}
PARTS = {"figcaption", "li", "tbody", "td", "th", "thead", "tr"}  # of blocks
OUR_NODES = {"aside", "figure", "hr"}
_ENDS_A_LINE = html_in.BLOCKS | {"br"}
LONGEST = 400_000  # characters, before and after cleaning
LONGEST_LEAD = 5_000  # characters that are read for the lead of a text without paragraphs
WORDS_A_PAGE = 450  # used only if the editor set no page break

_cleaner = nh3.Cleaner(
    tags=INLINE | TEXT_BLOCKS | OUR_NODES | PARTS,
    attributes={
        "a": {"href"},
        "aside": {"data-story"},
        "blockquote": {"data-pull"},
        "figure": {"data-photo", "data-embed"},
        "ol": {"start"},
    },
    url_schemes=set(links.SCHEMES),
    link_rel=None,
    clean_content_tags=html_in.DROPPED,
)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]++|"[^"]*+")*+)>')
_LINE_ENDS = re.compile(r"(?:</?(?:p|h2|h3|li|ul|ol|blockquote|figcaption|aside|figure|br|hr)>)++")
_ANY_TAG = re.compile(r'</?([a-zA-Z][^\s/<>]*+)(?:[^<>"]++|"[^"<]*+")*+>')
_UID = re.compile(r'data-(?:story|photo)="([^"]*)"')
_EMBED = re.compile(r'<figure[^<>]*? data-embed="([^"]*)"')
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.S)
_WORDS = re.compile(r">[^<>]++<")


class Block(NamedTuple):
    """One top-level element. `kind` is its tag; `uid` is the story of an aside or the photo of a figure, or None."""

    kind: str
    html: str
    uid: str | None = None

    @property
    def caption(self):
        """The text of a figure's caption, or the title of an embed."""
        return text(self.html)

    @property
    def embed(self):
        """The address to which an embed leads; "" for every other block."""
        found = _EMBED.match(self.html) if self.kind == "figure" else None
        return html.unescape(found[1]) if found else ""


class References(NamedTuple):
    stories: list[str]
    photos: list[str]


class TooLong(ValueError):
    """A text is too long to be stored. The message is for the person who sent it."""


class Clean(str):
    """The result of `clean`. Cleaning it again would change nothing, so it is skipped."""

    __slots__ = ()


def bounded(source):
    """`clean(source)`, within the length limit. Raises TooLong, before any work if possible."""
    if isinstance(source, Clean):
        return source
    if len(source) > LONGEST or len(cleaned := clean(source)) > LONGEST:
        raise TooLong(
            _("The text is longer than %(count)s thousand characters: make it two.") % {"count": LONGEST // 1000}
        )
    return cleaned


def clean(source):
    """The text with only the elements of this module's docstring. Never raises; clean(clean(x)) == clean(x).

    html_in/ rewrites it block by block, which bounds the cleaner's work. The cleaner then decides about every tag
    and address: if it removes one, the remaining text is written once more.
    """
    return source if isinstance(source, Clean) else _cleaned(source)


@functools.lru_cache(16)
def _cleaned(source):
    """Cached, because the form, each check and the field all clean the same text."""
    before = source
    for _round in range(4):
        written = html_in.read(letters.sound(before))
        if "&" in before:  # a character may have been written as a numeric entity
            written = letters.sound(written)
        tags = _WORDS.sub(">a<", written)  # the cleaner needs quadratic time for the entities of a paragraph
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
    """The blocks in pages, without page breaks: a list of lists. No page is empty, except that of an empty text.

    A page breaks where the editor set a break, or else by length; only between blocks, and never directly after
    a related story or a heading (rules.md C6): then the break moves up to before it.
    """
    every = blocks(clean_html)
    content = [block for block in every if block.kind != "hr"]
    cuts = _editors_cuts(every) or _cuts_by_length(content)
    moved = _moved_up(content)
    cuts = sorted({moved[cut] for cut in cuts} - {0, len(content)})
    return [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]


def references(clean_html):
    """The uids that a body refers to, without duplicates, in the order of the text."""
    every = blocks(clean_html)
    named = {
        kind: list(dict.fromkeys(b.uid for b in every if b.kind == kind and b.uid)) for kind in ("aside", "figure")
    }
    return References(stories=named["aside"], photos=named["figure"])


def embeds(clean_html):
    """The addresses of the embeds, without duplicates, in the order of the text."""
    named = (block.embed for block in blocks(clean_html)) if "data-embed" in clean_html else ()
    return list(dict.fromkeys(filter(None, named)))


def text(any_html):
    """The text without markup: a line for each block."""
    spaced = any_html.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n")  # enough for most stories
    if "<" in spaced:
        spaced = _LINE_ENDS.sub("\n", spaced)
        spaced = _ANY_TAG.sub(lambda tag: "\n" * (tag[1].lower() in _ENDS_A_LINE), spaced)
    if "\n\n" in spaced:
        spaced = re.sub(r"\n{2,}", "\n", spaced)
    return html_in.decoded(spaced).strip()


def first_paragraph(clean_html):
    """The text of the first paragraph that is not empty; without paragraphs, the beginning of the text."""
    paragraphs = (text(part[0]) for part in _PARAGRAPH.finditer(clean_html))
    return next(filter(None, paragraphs), "") or text(clean_html[:LONGEST_LEAD])


def word_count(any_html):
    return len(text(any_html).split())


def _editors_cuts(every):
    """The number of content blocks before each page break of the editor."""
    cuts, seen = [], 0
    for block in every:
        if block.kind == "hr":
            cuts.append(seen)
        else:
            seen += 1
    return cuts


def _cuts_by_length(content):
    """The page breaks of a text longer than a page and a half: each page takes its share of the remaining words.

    A block longer than several pages is one page, and the words after it are divided again. The last page has at
    least half a page.
    """
    words = [word_count(block.html) for block in content]
    left, seen = sum(words), 0  # words from the start of this page to the end, and words of this page so far
    cuts = []
    for index, count in enumerate(words):
        pages = round(left / WORDS_A_PAGE)
        if pages > 1 and seen >= left / pages and left - seen >= WORDS_A_PAGE / 2:
            cuts.append(index)
            left, seen = left - seen, 0
        seen += count
    return cuts


def _moved_up(content):
    """The final place of a cut before each block, and of one at the end, after moving up."""
    moved = [0]
    for index, block in enumerate(content):
        moved.append(moved[index] if block.kind in ("aside", "h2", "h3") else index + 1)
    return moved


def _block(kind, part):
    uid = _UID.search(part) if kind in ("aside", "figure") else None
    return Block(kind, part, uid and uid[1])


def _top_level(markup):
    """(tag, markup) of each top-level element of well-nested HTML; loose text between them comes as "p"."""
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
