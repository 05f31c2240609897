"""HTML of other systems → a body of ours (text/body.py). Pure: strings in, strings and pictures out.

Every format of the wire calls `convert`:

    found = markup.convert(
        source,                 HTML of any kind, NITF or plain text
        media_type="",          the source's own type: "text/html", "text/plain", "…nitf…"; "" for HTML if it is
                                unknown whether the ends of its lines mean something
        base="",                the item's own address, which makes relative links and pictures absolute
        keeps_paths=False,      "/kontak/" stays a path, for a site that moves here
        headline="",            an <h1> that repeats it is omitted
        picture=picture_of,     (attributes of <img>, caption) → item.Picture, or None to omit the picture
        lines=None,             whether a line's end is a line break and a blank line ends the paragraph, as in
                                WordPress' classic editor; None: only if the text has no block tags
    )
    found.body                  only our blocks: body.clean does not change it
    found.remarks               a sentence for each kind of loss, for Item.remarks
    found.pictures              the pictures that the body names, without duplicates, for Item.pictures

The source is read once from left to right, in linear time. Any string gives a body. Words are lost only if readers
never saw them (scripts, styles, fallbacks, the emblems of cards), or with a remark (buttons, choices, formulas). The
result loads nothing from third parties: a frame, film, sound or embedded post becomes a paragraph with a link, and so
does a paragraph that is only an address.

    h1 h2 → h2    h3…h6 → h3    pre dt dd → p    plain table → table (text/html_in/tables.py); another's row → p, its
    cells joined by " · ", an empty one "–"
    <!--nextpage-->, <hr class="page-break"> → <hr>; any other <hr> ends the paragraph and adds a remark
    img, with the caption of its figure, [caption] or wp-caption → figure, a block of its own: it splits a paragraph,
    and follows a list, quotation or row
    shortcodes are removed, the words in them stay; they add a remark

Why we use our own tokens and not an HTML5 parser (compared with selectolax 1.0.2 and justhtml 3.16): selectolax is
quadratic in nesting and attributes (21 s for 100,000 open <div> in 500 kB, 24 s for 80,000 attributes; ours takes 0.2
and 0.1 s). justhtml is linear, but its parsing alone takes 0.49 ms for a text that ours converts in 0.42 ms. Both
follow the standard on broken markup: they lose all text after a quote or comment that never ends, turn tags after such
a title or frame into words, and join the cells of a row without a table.
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

# Paragraphs and headings that no step would change: words, and marks between words.
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


def picture_of(attrs, caption):
    """The Picture of an <img>: its address is its id and its file. None without an address."""
    source = source_of(attrs)
    if not source:
        return None
    return Picture(uri=source, file=source, caption=caption, use_caption=caption, alt=attrs.get("alt", "").strip())


class Converted(NamedTuple):
    """The result of `convert`; see above."""

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
    """The body, the remarks and the pictures of a foreign text; see this module's docstring."""
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
    """Plain text as paragraphs, separated by blank lines or, if there are none, by the ends of lines."""
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
    """Whether the text was wrapped at a fixed width, so that line breaks mean nothing."""
    return len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1]) and len(lines[-1]) < _WRAPPED.stop


def _ordinary(source):
    """The source itself if it is a valid body already, as most are: plain paragraphs. "" otherwise."""
    if len(source) > body.LONGEST or "  " in source or "://" in source or not _ORDINARY.fullmatch(source):
        return ""
    return body.Clean(source.replace("\n", ""))


def _remarks(reading, writing):
    """A sentence for each kind of loss."""
    remarks = []
    if lost := reading.addresses.lost:
        params = {"count": len(lost), "first": lost[0][:60]}
        remarks.append(_("Links left out, their words kept: %(count)s (“%(first)s”).") % params)
    if reading.codes:
        params = {"names": ", ".join(list(reading.codes)[:10])}
        remarks.append(_("Shortcodes left out, the words in them kept: %(names)s.") % params)
    if doubtful := reading.tokens.doubtful:
        params = {"names": ", ".join(f"[{name}]" for name in list(doubtful)[:10])}
        remarks.append(_("Words in brackets that may be shortcodes, and are kept: %(names)s.") % params)
    if reading.rules:
        remarks.append(_("Lines across the text (hr) left out: %(count)s.") % {"count": reading.rules})
    if count := writing.unaddressed + reading.unaddressed:
        remarks.append(_("Pictures, films or frames without an address, left out: %(count)s.") % {"count": count})
    if reading.controls:
        params = {"words": " ".join(reading.controls)[:100]}
        remarks.append(_("Words of buttons, choices or formulas left out: “%(words)s”.") % params)
    if reading.after_text:
        params = {"words": " ".join(reading.after_text)[:100]}
        remarks.append(_("What stood behind the text in NITF is left out: “%(words)s”.") % params)
    return remarks


def source_of(attrs):
    """The address of the picture, or "". Pages with lazy loading keep it in another attribute than "src"."""
    addresses = (address(attrs.get(name, "")) for name in SOURCES)
    return next(filter(None, addresses), "") or address(_largest(attrs))


def _largest(attrs):
    """The address of the largest picture in a list such as "/a-300.jpg 300w, /a-600.jpg 600w"; "" without a list."""
    listed = next(filter(None, map(attrs.get, SOURCES_BY_SIZE)), "")
    candidates = [(_SIZE.sub("", one), _SIZE.search(one)) for one in _SIZES.findall(listed)]
    return max(candidates, key=lambda one: float(one[1][1]) if one[1] else 0, default=("",))[0].rstrip(",")


def related_link(block_html):
    """The address in a block such as "Baca juga: <a>…</a>", which has a label, one link and nothing else; or None."""
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
    """Writes the blocks. The format's reader supplies the pictures."""

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

    def _figure(self, image):
        words = " ".join(image.caption.split())
        caption = escaped(words)
        attrs = image.attrs
        attrs |= {name: self.addresses.picture(attrs[name]) for name in SOURCES if name in attrs}
        if not any(map(attrs.get, SOURCES)):
            attrs["src"] = self.addresses.picture(_largest(attrs))
        self.unaddressed += not source_of(attrs)
        picture = self.picture(attrs, words)
        if picture is None:
            return caption and f"<p>{caption}</p>"
        self.pictures.setdefault(picture.uri, picture)
        return f'<figure data-photo="{picture.uid}"><figcaption>{caption}</figcaption></figure>'
