"""HTML of other systems → a body of ours (body.py tells what that is). Pure: strings in, strings and pictures out.

Read once from left to right, in linear time; any string gives a body, and words are lost only where no reader ever
saw them: scripts, styles, forms, fallbacks, the emblems of cards. Nothing of a third party is loaded by what comes
out: a frame, film, sound or embedded post is a paragraph with a link to it, as is a paragraph that is an address.

    h1 h2 → h2    h3…h6 → h3    row of a table → p, cells joined by " · "    pre dt dd → p    hr, page breaks → <hr>
    img, with the caption of its figure, [caption] or wp-caption → figure, a block of its own: in a paragraph where it
    stood, behind a list, quotation or row
"""

import html
import re

from articles import letters
from articles.html_in import escaped

from .blocks import Blocks, Shot
from .item import Picture
from .tokens import Tokens
from .words import address

SOURCES = ["data-orig-file", "data-lazy-src", "data-src", "data-original", "src"]

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


def story_html(source, picture=picture_of, *, lines=None):
    """(html, pictures): a body with only our blocks, that body.clean leaves as it is, and the pictures it names.

    `picture(given, caption)` → item.Picture, or None for one to be left out; `given` are the attributes of the <img>,
    with "link" for the address that it linked to. `lines`: whether a line's end is one, and a blank line ends the
    paragraph, as in WordPress' classic editor; None: where there is no tag of a block.
    """
    source = letters.sound(source).replace("\r\n", "\n").replace("\r", "\n")
    reading = Blocks(Tokens(source), not _HAS_BLOCK.search(source) if lines is None else lines)
    return _written(reading.read(), picture)


def source_of(given):
    """The address of the picture itself, which pages that load late keep elsewhere than in "src"; "" if none."""
    found = (address(given.get(name, "")) for name in SOURCES)
    return next(filter(None, found), "")


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


def _written(blocks, picture):
    parts, pictures = [], {}
    for block in blocks:
        if isinstance(block, Shot):
            block = _figure(block, picture(block.given, block.caption), pictures)
        if block and not (block == "<hr>" and (not parts or parts[-1] == "<hr>")):
            parts.append(block)
    if parts and parts[-1] == "<hr>":
        parts.pop()
    return "".join(parts), list(pictures.values())


def _figure(shot, found, pictures):
    caption = escaped(" ".join(shot.caption.split()))
    if found is None:
        return caption and f"<p>{caption}</p>"
    pictures.setdefault(found.uri, found)
    return f'<figure data-photo="{found.uid}"><figcaption>{caption}</figcaption></figure>'
