"""Tokens of any HTML into blocks of ours. Pure; use it through convert.py."""

import re

from articles.text import body, html_in, letters
from articles.text.html_in import attributes, decoded

from .media import DROPPED, MEDIA, Media
from .tokens import CODES_OF_MEDIA, PAGE_BREAKS, address_in
from .words import BREAK, CELL, PARAGRAPH, SPACE
from .words import MARKS as MARKS_OF_OURS

MARKS = {**{name: name for name in MARKS_OF_OURS}, **html_in.ALIASES, "dt": "strong"}
HEADINGS = {"h1": "h1", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
WITH_WORDS = {"button", "datalist", "math", "select"}  # dropped elements whose words readers saw
BLOCKS = html_in.BLOCKS - DROPPED - {"blockquote", "figcaption", "hr", "li", "ol", "table", "td", "th", "tr", "ul"}
NITF = {  # element: its HTML equivalent
    "bq": "blockquote", "hl1": "h2", "hl2": "h3", "media": "figure", "media-caption": "figcaption",
}  # fmt: skip
CLASSED = {"dd", "div", "figcaption", "p", "span"}  # elements whose class decides
DROPPED_CLASSES = {"kg-audio-player", "kg-callout-emoji", "kg-file-card-icon", "kg-video-overlay", "kg-video-player"}
CAPTION_CLASSES = {"wp-caption-text", "wp-caption-dd"}
PARTED_CLASSES = {"kg-bookmark-publisher", "kg-file-card-filesize"}
BUTTONS = {"wp-block-button__link", "wp-block-file__button", "wp-element-button"}
# Elements of NITF that are not the text of a story.
NITF_DROPPED = {"body.end", "body.head", "byline", "dateline", "distributor", "docdata", "hedline"}
_NORMAL = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|400)", re.I)
PREFIXES = {"h", "nitf", "xhtml"}  # of elements of HTML or NITF


class Blocks(Media):
    """Tokens into blocks, `out`: strings and ImageTags. Losses are counted, and convert.py reports them."""

    def __init__(self, tokens, lines, addresses, *, headline="", is_nitf=False):
        super().__init__(tokens, lines, addresses)
        self.headline, self.is_nitf = letters.folded(headline), is_nitf
        self.spans, self.ended, self.is_parted = [], None, False  # inline elements that touch each other
        self.codes, self.rules, self.after_text, self.controls = {}, 0, [], []

    def read(self):
        for kind, name, rest in self.tokens:
            match kind:
                case "text":
                    self.text(decoded(rest))
                case "start":
                    self.start(name, rest)
                case "end":
                    self.end(name)
                case "break":
                    self.page_break()
                case "code":
                    self.code(name, rest)
                case "code end":
                    self.code_end(name)
        self.finish()
        return self.out

    def finish(self):
        self.end_caption()
        while self.figures:
            self.end_figure()
        self.end_lists()
        self.end_quote()
        self.end_row()

    # Elements

    def start(self, written, rest):
        name = self.in_html(written)
        attrs = attributes(rest) if "=" in rest else {}
        classes = set(attrs.get("class", "").split())
        if name in DROPPED or (name in CLASSED and classes & DROPPED_CLASSES):
            self.drop(name, rest, attrs)
        elif self.is_nitf and name in NITF_DROPPED:
            self.drop_nitf(written)
        elif name in ("img", "amp-img"):
            self.picture(attrs, classes)
        elif self.caption is not None:
            self.in_caption(name, attrs)
        elif name == "figcaption" or (name in CLASSED and classes & CAPTION_CLASSES):
            self.boundary()
            if "blocks-gallery-caption" in classes and not self.figures:
                self.latest = None  # the caption of all pictures before it
            if self.tokens.has_end(written):
                self.caption, self.caption_end = [], name
        elif name in BLOCKS:
            self.start_block(name, attrs, classes)
        elif name == "ol":
            self.start_ol(attrs.get("start", ""))
        elif name in ("td", "th"):
            self.start_td(rest)
        elif name in ("ul", "li", "blockquote", "table", "tr"):
            getattr(self, f"start_{name}")()
            self.embedded(attrs, classes)
        else:
            self.start_inline(name, attrs, classes)

    def end(self, name):
        name = self.in_html(name)
        if self.caption is not None:
            if name == self.caption_end or (name == "figure" and self.caption_end != "[caption]"):
                self.end_caption()
            if self.caption is not None or name != "figure":
                self.in_caption(name)
                return
        if name in BLOCKS:
            self.end_block(name)
        elif name in ("ul", "ol", "li", "blockquote", "table", "tr"):
            getattr(self, f"end_{name}")()
        elif name in ("td", "th"):
            self.boundary()
            self.forget_marks()
        elif name in ("figcaption", "hr"):
            self.boundary()
        elif name == "br":
            self.start_inline(name, {}, set())
        elif name == "a":
            self.ended, self.link = self.link or self.ended, ""
        elif name == "span":
            self.ended = "span" if self.spans and self.spans.pop() else self.ended
        elif name in MARKS and self.marks[MARKS[name]]:
            self.marks[MARKS[name]].pop()
        elif html_in.is_apart(name):
            self.widen(SPACE)

    def in_html(self, name):
        """The HTML name of an element."""
        if ":" in name:
            prefix, _colon, bare = name.partition(":")
            name = bare if prefix in PREFIXES else name
        return NITF.get(name, name) if self.is_nitf else name

    def start_block(self, name, attrs, classes):
        if self.lists and self.lists[0].is_implied and not self.lists[-1].in_item:
            self.end_lists()
        self.boundary()
        if name == "figure":
            self.start_figure(is_card="kg-bookmark-card" in classes)
        elif name in HEADINGS:
            if not self.lists and not self.in_row:
                self.end_line()
            self.kind = HEADINGS[name]
        elif self.line:
            self.kind = "p"  # a block in a heading ends it, unless the heading has no words yet
        self.verbatim += name == "pre"
        if name in HEADINGS or name in ("p", "dd", "dt"):
            self.remember_marks(name)
        if name == "dt":
            self.mark("strong", True)
        self.embedded(attrs, classes)

    def end_block(self, name):
        self.boundary()
        self.verbatim = max(0, self.verbatim - (name == "pre"))
        if name in HEADINGS:
            self.kind = "p"
        if name in HEADINGS or name in ("p", "dd", "dt"):
            self.forget_marks()
        if name == "figure" and self.figures:
            self.end_figure()
            self.boundary()

    def start_inline(self, name, attrs, classes):
        if name == "br":
            self.breaks += 1
            self.line_break(self.breaks)
        elif name == "hr":
            self.rule(classes)
        elif name == "a":
            self.link = self.addresses.link(attrs.get("href", ""))
            self.separate(self.link)
            if classes & BUTTONS:
                self.widen(SPACE)
        elif name == "span":
            self.spans.append(bool(classes))
            if classes & PARTED_CLASSES:
                self.gap = CELL if self.line and self.gap < PARAGRAPH else self.gap
            elif classes:
                self.separate("span")
        elif name in MARKS:
            self.mark(MARKS[name], not _NORMAL.search(attrs.get("style", "")))
        elif name in MEDIA:
            self.media(name, attrs)
        elif name in ("amp-youtube", "lite-youtube"):
            number = attrs.get("data-videoid") or attrs.get("videoid")
            self.linked(f"https://www.youtube.com/watch?v={number}" if number else "")
        elif html_in.is_apart(name):
            self.widen(SPACE)

    def rule(self, classes):
        """An <hr> of a page-break class ends the page. Any other only ends the paragraph."""
        self.boundary()
        if classes & PAGE_BREAKS:
            self.page_break()
        else:
            self.rules += 1

    def separate(self, begun):
        """Called when an element begins. A style sheet may have separated it from the element that just ended."""
        if self.ended and begun:
            self.is_parted = True
            if "span" not in (self.ended, begun) and self.ended != begun:
                self.widen(SPACE)  # two links to different addresses are two words

    def write(self, words):
        if self.is_parted and (words[0].isupper() or words[0].isdigit()) and not self.line_ends_in_space():
            self.widen(SPACE)
        self.ended, self.is_parted = None, False
        super().write(words)

    def line_ends_in_space(self):
        last = self.line[-1][-1:] if self.line else " "
        return last in " ([/-–—“‘'\""

    # Dropped elements

    def drop(self, name, rest, attrs):
        if name == "iframe":
            written = attrs.get("src", "")
            self.linked(attrs.get("data-src", "") if written in ("", "about:blank") else written)
        if html_in.is_apart(name):
            self.widen(SPACE)
        start = self.tokens.at
        self.tokens.drop(name, rest)
        if name in WITH_WORDS:
            self.controls += body.text(self.tokens.source[start : self.tokens.at]).split()

    def drop_nitf(self, name):
        start = self.tokens.at
        if self.tokens.skip(name):
            words = body.text(self.tokens.source[start : self.tokens.at]).split()
            self.after_text += words if name.endswith("body.end") else []

    # Shortcodes

    def code(self, name, rest):
        if name == "caption":
            self.start_captioned(rest)
            if self.caption is None and self.tokens.has_end("[caption]"):
                self.caption, self.caption_end = [], "[caption]"
        elif name in CODES_OF_MEDIA:
            if address := address_in(rest):
                self.linked(address)
            self.boundary()
        elif name != "gallery":
            self.codes[name] = True

    def code_end(self, name):
        if name == "caption":
            if self.caption_end == "[caption]":
                self.end_caption()
            self.boundary()
            if self.figures:
                self.end_figure()
        elif name in CODES_OF_MEDIA:
            self.boundary()

    # Lines and blocks

    def in_caption(self, name, attrs=None):
        """Within a caption, markup is dropped. Only the link of its picture is kept."""
        if name == "a":
            self.link = self.addresses.link((attrs or {}).get("href", ""))
        elif self.caption is not None and (name == "br" or name in html_in.BLOCKS or html_in.is_apart(name)):
            self.caption.append(" ")

    def text(self, words):
        if self.caption is None:
            super().text(letters.sound(words))
            return
        self.caption.append(letters.sound(words))
        if self.link and words.strip():  # not the link of its picture
            self.addresses.lost.append(self.link)
            self.link = ""

    def boundary(self):
        in_card = self.figures and self.figures[-1].is_card
        self.widen(BREAK if in_card else PARAGRAPH)

    def put_line(self, kind, words):
        """Write a line. An <h1> that repeats the story's headline is omitted."""
        if kind == "h1":
            if self.headline and letters.folded(body.text(words)) == self.headline:
                return
            kind = "h2"
        super().put_line(kind, words)

    def page_break(self):
        self.boundary()
        if self.is_outermost and self.caption is None:
            self.end_line()
            self.out.append("<hr>")
