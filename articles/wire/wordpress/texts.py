"""The text of a WordPress post with its patterns and footnotes, which are elsewhere in the file. Pure.

The block editor writes each block as a comment, `<!-- wp:name {"key": "value"} -->`, around its HTML. A block that ends
in `/-->` has no HTML in the export, because WordPress renders it on request.
"""

import html
import json
import re

from django.utils.translation import gettext as _

from articles.text import body, letters

from ..html import convert
from ..streams import limits
from ..values.item import LARGEST, Refusal

BLOCKS = "<!-- wp:"
DEEPEST = 5  # patterns within patterns
SILENT = {"more", "nextpage", "post-excerpt", "post-featured-image", "post-title", "separator", "spacer"}

_BLOCK = re.compile(r"([a-z][a-z0-9/_-]*)\s*(.*)", re.S)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_MARKUP = re.compile(r"[<&\[]")
_PLAYLIST = re.compile(r"""\[playlist(?=[\s\]])([^\[\]]{0,5000}+)\]""")
_IDS = re.compile(r"""\bids\s*=\s*["']?\s*([\d,\s]*+)""")
_MARK = re.compile(
    r"""<a\s[^<>]{0,300}?\bhref\s*=\s*["']?#([^"'\s<>]{1,100})["']?[^<>]{0,300}+>([^<>]{0,40})</a>""", re.I
)


def whole(post, text):
    """The text with its patterns and footnotes in place. `post`: a Post, for its methods `ask` and `remark`."""
    if BLOCKS in text:
        text = _Filling(post).filled(text, 0)
    text = _PLAYLIST.sub(lambda match: _files(post, match[1]), text)
    return _with_notes(post, text)


def _files(post, written):
    """The recordings of a playlist, as links."""
    listed = _IDS.search(written)
    numbers = [number.strip() for number in listed[1].split(",") if number.strip()] if listed else []
    files = [post.ask(f"file {number}") for number in numbers]
    if not files or None in files:
        post.remark(_("A playlist of it names recordings that are not in the file."))
    return "\n\n".join(
        f'<a href="{html.escape(address)}">{html.escape(title or address)}</a>'
        for address, title in filter(None, files)
    )


def plain(text):
    """One line without markup or shortcodes."""
    if _MARKUP.search(text):
        text = body.text(convert.convert(text).body)
    return letters.line(text)


class _Filling:
    """Replaces blocks without HTML by content of the file. `size` bounds the text, since patterns can multiply it."""

    def __init__(self, post):
        self.post, self.size, self.open = post, 0, []

    def filled(self, text, depth):
        self.size += len(text)
        if self.size > LARGEST:
            raise Refusal(limits.too_large())
        parts, at = [], 0
        while (start := text.find(BLOCKS, at)) >= 0 and (end := text.find("-->", start)) >= 0:
            parts.append(text[at:start])
            at = end + len("-->")
            inner = text[start + len(BLOCKS) : end].rstrip()
            parts.append(self.block(inner[:-1], depth) if inner.endswith("/") else text[start:at])
        return "".join(parts) + text[at:]

    def block(self, written, depth):
        match = _BLOCK.match(written)
        name, attributes = (match[1].removeprefix("core/"), _attributes(match[2])) if match else ("?", {})
        if name == "block":
            return self.pattern(str(attributes.get("ref", "")), depth)
        if name == "footnotes":
            return _NOTES
        address = attributes.get("url")
        if isinstance(address, str) and _ADDRESS.fullmatch(address):
            return f"\n<p>{address}</p>\n"
        if name not in SILENT:
            self.post.remark(_("A block that makes its text by itself did not come: %(name)s.") % {"name": name[:60]})
        return ""

    def pattern(self, number, depth):
        text = self.post.ask(f"pattern {number}")
        if text is None:
            params = {"id": number[:20]}
            self.post.remark(_("A pattern that it shows (%(id)s) is not in the file: its words did not come.") % params)
            return ""
        if depth >= DEEPEST or number in self.open:
            return ""  # it contains itself: WordPress omits it, too
        self.open.append(number)
        filled = self.filled(text, depth + 1)
        self.open.pop()
        return f"\n{filled}\n"


_NOTES = "<!--notes-->"


def _attributes(written):
    try:
        attributes = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return {}
    return attributes if isinstance(attributes, dict) else {}


def _with_notes(post, text):
    """The text with its footnotes as a list, in place of their block or at the end, in the order of their numbers."""
    notes = _notes(post)
    listed = f"\n<ol>{''.join(f'<li>{note}</li>' for note in notes.values())}</ol>\n" if notes else ""
    before, block, after = text.partition(_NOTES)
    text = f"{before}{listed}{after.replace(_NOTES, '')}" if block else text + listed
    return _MARK.sub(lambda mark: mark[2] if mark[1].removesuffix("-link") in notes else mark[0], text)


def _notes(post):
    """{id: HTML} of the footnotes, which the block editor stores outside the text."""
    written = post.element.value("footnotes")
    if not written:
        return {}
    try:
        notes = json.loads(written)
        return {str(note["id"]): str(note["content"]) for note in notes if note["content"]}
    except (KeyError, RecursionError, TypeError, ValueError):
        post.remark(_("Its footnotes could not be read as WordPress writes them."))
        return {}
