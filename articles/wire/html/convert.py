"""HTML of other systems → a body of ours (text/body.py tells what that is). Pure: strings in, strings and pictures out.

`convert` is the one way in, for every format of the wire:

    found = markup.convert(
        source,                 HTML of any kind, NITF or plain text
        media_type="",          as the source calls it: "text/html", "text/plain", "…nitf…"; "" for HTML of which it
                                is not known whether the ends of its lines mean something
        base="",                the item's own address, by which relative links and pictures are made absolute
        keeps_paths=False,      "/kontak/" stays a path, for a site that moves here
        headline="",            an <h1> that says it again is left out
        picture=picture_of,     (what its <img> says, caption) → item.Picture, or None for one to be left out
        lines=None,             whether a line's end is one and a blank line ends the paragraph, as in WordPress'
                                classic editor; None: where there is no tag of a block
    )
    found.body                  only our blocks: body.clean leaves it as it is
    found.remarks               a sentence for each kind of thing that could not be taken, for Item.remarks
    found.pictures              those that the body names, each once, for Item.pictures

Read once from left to right, in linear time; any string gives a body, and words are lost only where no reader ever
saw them (scripts, styles, fallbacks, the emblems of cards), or told (buttons, choices, formulas). Nothing of a third
party is loaded by what comes out: a frame, film, sound or embedded post is a paragraph with a link to it, as is a
paragraph that is an address.

    h1 h2 → h2    h3…h6 → h3    row of a table → p, cells joined by " · ", an empty one "–"    pre dt dd → p
    <!--nextpage-->, <hr class="page-break"> → <hr>; other <hr> part paragraphs and are told
    img, with the caption of its figure, [caption] or wp-caption → figure, a block of its own: in a paragraph where it
    stood, behind a list, quotation or row
    shortcodes go, the words in them stay; they are told

Why the tokens are ours, and not those of an HTML5 parser (tried side by side: selectolax 1.0.2, justhtml 3.16):
selectolax takes the square of nesting and of attributes (21 s for 100,000 open <div> in 500 kB, 24 s for 80,000
attributes, where ours takes 0.2 and 0.1 s). justhtml is linear, but takes 0.49 ms to parse what ours converts whole
in 0.42 ms. Both do as the standard says with broken markup: what stands behind a quote or a comment that never ends
is lost, tags behind such a title or frame become words, and cells without a table are glued to each other.
"""

import html
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.text import body, letters
from articles.text.html_in import escaped

from ..values.addresses import Addresses, address
from ..values.item import Picture
from .blocks import Blocks
from .figures import ImageTag
from .tokens import Tokens

SOURCES = ["data-orig-file", "data-lazy-src", "data-src", "data-original", "src"]
SOURCES_BY_SIZE = ["data-lazy-srcset", "data-srcset", "srcset"]

# Paragraphs and headings that every step of this writes as they are: words, and marks between words.
_TEXT = r"(?:[^<>&\[\x00-\x1f\x7f-\xa0]++|&(?:amp|lt|gt);)"
_MARKED = rf"<(strong|em)>(?!\s){_TEXT}++(?<!\s)</\2>(?!\s*+<(?!/[ph]))"
_ORDINARY = re.compile(rf"(?:<(p|h[23])>(?!\s)(?:{_TEXT}|{_MARKED})++(?<!\s)</\1>\n*+)++")
_WRAPPED = range(50, 101)  # characters of a line that was broken for a teleprinter
_SIZES = re.compile(r"[^\s,]\S*+(?:\s++[0-9.]{1,9}[wx])?+")
_SIZE = re.compile(r"\s+([0-9]{1,7}(?:\.[0-9]{1,3})?)[wx]\Z")
_HAS_BLOCK = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote|figure|section|article)[\s/>]", re.I)
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.S)
_INNER_TAG = re.compile(r"<[^>]*>")
_LABEL = (
    r"(?:baca|simak|lihat|tonton|dengar)\s+(?:juga|pula)|baca\s+selengkapnya|(?:artikel|berita)\s+terkait"
    r"|(?:read|see)\s+(?:also|more)|also\s+read|related(?:\s+(?:stor(?:y|ies)|articles?|news|posts?))?"
)
_LABEL_ALONE = re.compile(rf"\W*(?:{_LABEL}|baca\s*:)\W*", re.I)
_LABEL_FIRST = re.compile(rf"\W*(?:{_LABEL}|baca)\s*[:–—|»-]\W*\w", re.I)


def picture_of(given, caption):
    """A Picture as its <img> has it: the address is its id and its file. None where it has no address."""
    source = source_of(given)
    if not source:
        return None
    return Picture(uri=source, file=source, caption=caption, use_caption=caption, alt=given.get("alt", "").strip())


class Converted(NamedTuple):
    """What `convert` gives; see above."""

    body: str
    remarks: list[str]
    pictures: list[Picture]


def convert(
    source,
    *,
    media_type="",
    base="",
    keeps_paths=False,
    headline="",
    picture=picture_of,
    lines=None,
):
    """The body, the remarks and the pictures of a foreign text: this module's docstring has the rest."""
    source = letters.sound(source).replace("\r\n", "\n").replace("\r", "\n")
    kind = media_type.lower()
    if kind.startswith("text/plain"):
        return Converted(paragraphs(source), [], [])
    if ordinary := _ordinary(source):
        return Converted(ordinary, [], [])
    is_nitf = "nitf" in kind or "<nitf" in source[:1_000]
    if lines is None:
        lines = not (kind or is_nitf or _HAS_BLOCK.search(source))
    tokens, addresses = Tokens(source), Addresses(base, keeps_paths=keeps_paths)
    reading = Blocks(tokens, lines, addresses, headline=headline, is_nitf=is_nitf)
    writing = _Writing(picture, addresses)
    writing.write(reading.read())
    return Converted("".join(writing.parts), _remarks(reading, writing), list(writing.pictures.values()))


def paragraphs(plain):
    """Plain text as paragraphs: parted by blank lines or, where there are none, by the ends of lines."""
    lines = [line.strip() for line in plain.strip().splitlines()]
    if "" not in lines and not _is_wrapped(lines):
        return "".join(f"<p>{escaped(line)}</p>" for line in lines)
    written, waiting = [], []
    for line in [*lines, ""]:
        if line:
            waiting.append(line)
        elif waiting:
            written.append(f"<p>{(' ' if _is_wrapped(waiting) else '<br>').join(map(escaped, waiting))}</p>")
            waiting = []
    return "".join(written)


def _is_wrapped(lines):
    """Whether lines end only because a line was full."""
    return len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1]) and len(lines[-1]) < _WRAPPED.stop


def _ordinary(source):
    """The same body, where it is one already as nearly every story's is: paragraphs of words. "" for others."""
    if len(source) > body.LONGEST or "  " in source or "://" in source or not _ORDINARY.fullmatch(source):
        return ""
    return body.Clean(source.replace("\n", ""))


def _remarks(reading, writing):
    """What could not be taken, a sentence for each kind of it."""
    remarks = []
    if lost := reading.addresses.lost:
        told = {"count": len(lost), "first": lost[0][:60]}
        remarks.append(_("Links left out, their words kept: %(count)s (“%(first)s”).") % told)
    if reading.codes:
        told = {"names": ", ".join(list(reading.codes)[:10])}
        remarks.append(_("Shortcodes left out, the words in them kept: %(names)s.") % told)
    if doubtful := reading.tokens.doubtful:
        told = {"names": ", ".join(f"[{name}]" for name in list(doubtful)[:10])}
        remarks.append(_("Words in brackets that may be shortcodes, and are kept: %(names)s.") % told)
    if reading.rules:
        remarks.append(_("Lines across the text (hr) left out: %(count)s.") % {"count": reading.rules})
    if count := writing.unaddressed + reading.unaddressed:
        remarks.append(_("Pictures, films or frames without an address, left out: %(count)s.") % {"count": count})
    if reading.controls:
        told = {"words": " ".join(reading.controls)[:100]}
        remarks.append(_("Words of buttons, choices or formulas left out: “%(words)s”.") % told)
    if reading.beside:
        told = {"words": " ".join(reading.beside)[:100]}
        remarks.append(_("What stood behind the text in NITF is left out: “%(words)s”.") % told)
    return remarks


def source_of(given):
    """The address of the picture itself, which pages that load late keep elsewhere than in "src"; "" if none."""
    found = (address(given.get(name, "")) for name in SOURCES)
    return next(filter(None, found), "") or address(_largest(given))


def _largest(given):
    """The address of the largest picture in a list such as "/a-300.jpg 300w, /a-600.jpg 600w"; "" without a list."""
    listed = next(filter(None, map(given.get, SOURCES_BY_SIZE)), "")
    found = [(_SIZE.sub("", one), _SIZE.search(one)) for one in _SIZES.findall(listed)]
    return max(found, key=lambda one: float(one[1][1]) if one[1] else 0, default=("",))[0].rstrip(",")


def related_link(block_html):
    """Where a block such as "Baca juga: <a>…</a>" leads: a label and one link, nothing more. None for any other."""
    links = list(_LINK.finditer(block_html))
    if len(links) != 1:
        return None
    inner, before, after = (
        html.unescape(_INNER_TAG.sub(" ", part))
        for part in (links[0][2], block_html[: links[0].start()], block_html[links[0].end() :])
    )
    if re.search(r"\w", after) or not re.search(r"\w", inner):
        return None
    if _LABEL_ALONE.fullmatch(before) or (not re.search(r"\w", before) and _LABEL_FIRST.match(inner)):
        return html.unescape(links[0][1])
    return None


class _Writing:
    """The blocks that were read, with their pictures as the reader of the format names them."""

    def __init__(self, picture, addresses):
        self.picture, self.addresses = picture, addresses
        self.parts, self.pictures, self.unaddressed = [], {}, 0

    def write(self, blocks):
        for block in blocks:
            written = self._figure(block) if isinstance(block, ImageTag) else block
            if written and not (written == "<hr>" and (not self.parts or self.parts[-1] == "<hr>")):
                self.parts.append(written)
        if self.parts and self.parts[-1] == "<hr>":
            self.parts.pop()

    def _figure(self, shot):
        words = " ".join(shot.caption.split())
        caption = escaped(words)
        given = shot.given
        given |= {name: self.addresses.picture(given[name]) for name in SOURCES if name in given}
        if not any(map(given.get, SOURCES)):
            given["src"] = self.addresses.picture(_largest(given))
        self.unaddressed += not source_of(given)
        found = self.picture(given, words)
        if found is None:
            return caption and f"<p>{caption}</p>"
        self.pictures.setdefault(found.uri, found)
        return f'<figure data-photo="{found.uid}"><figcaption>{caption}</figcaption></figure>'
