"""Tokens of any HTML into blocks of ours. Pure; markup.py is for those who only want a body."""

import re

from articles import letters
from articles.html_in import attributes

from .containers import Containers
from .tokens import CODES_OF_MEDIA, PAGE_BREAKS, address_in
from .words import ADDRESS, BREAK, CELL, PARAGRAPH, address

MARKS = {
    "b": "strong", "strong": "strong", "dt": "strong", "i": "em", "em": "em", "s": "s", "strike": "s", "del": "s",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BLOCKS = {
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "nav", "option", "p", "pre",
    "section", "summary", *HEADINGS,
}  # fmt: skip
DROPPED = {
    "applet", "button", "datalist", "head", "iframe", "math", "noembed", "noframes", "noscript", "script", "select",
    "style", "svg", "template", "title",
}  # fmt: skip
CLASSED = {"dd", "div", "figcaption", "p", "span"}  # on which a class decides
DROPPED_CLASSES = {"kg-audio-player", "kg-callout-emoji", "kg-file-card-icon", "kg-video-overlay", "kg-video-player"}
CAPTION_CLASSES = {"wp-caption-text", "wp-caption-dd"}
EMOJI_CLASSES = {"emoji", "wp-smiley"}
ORNAMENTS = {"is-style-dots", "is-style-wide", "separator", "wp-block-separator"}  # an <hr> that breaks no page

_INNER_TAG = re.compile(r"<[^>]*>")


class Shot:
    """A picture on its way: what its <img> says, and the caption that is found later."""

    def __init__(self, given):
        self.given, self.caption = given, ""


class _Figure:
    """An open <figure> or [caption]. `is_card`: a bookmark; its lines are one paragraph, its pictures are left out."""

    def __init__(self, *, is_card=False):
        self.is_card = is_card
        self.last, self.captions = None, []


class Blocks(Containers):
    """Tokens into blocks, `out`: strings and Shots."""

    def __init__(self, tokens, lines):
        super().__init__(lines)
        self.tokens = tokens
        self.figures, self.caption, self.caption_end = [], None, ""
        self.latest = None  # the picture after which no word has come yet
        self.wants_source = False

    def read(self):
        for token in self.tokens:
            match token.kind:
                case "text":
                    self.text(token.rest)
                case "break":
                    self.page_break()
                case "start":
                    self.start(token.name, token.rest)
                case "end":
                    self.end(token.name)
                case "code":
                    self.code(token.name, token.rest)
                case "code end":
                    self.code_end(token.name)
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

    def start(self, name, rest):
        given = attributes(rest) if "=" in rest else {}
        classes = set(given.get("class", "").split())
        if name in DROPPED or (name in CLASSED and classes & DROPPED_CLASSES):
            self.drop(name, rest, given)
        elif name == "img":
            self.picture(given, classes)
        elif self.caption is not None:
            self.in_caption(name, given)
        elif name == "figcaption" or (name in CLASSED and classes & CAPTION_CLASSES):
            self.boundary()
            if self.tokens.has_end(name):
                self.caption, self.caption_end = [], name
        elif name in BLOCKS:
            self.start_block(name, classes)
        elif name == "ol":
            self.start_ol(given.get("start", ""))
        elif name in ("ul", "li", "blockquote", "table", "tr", "td", "th"):
            getattr(self, f"start_{name}")()
        else:
            self.start_inline(name, given, classes)

    def end(self, name):
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
            self.forget_marks()
        elif name == "a":
            self.link = ""
        elif name in MARKS and self.marks[MARKS[name]]:
            self.marks[MARKS[name]].pop()

    def start_block(self, name, classes):
        if self.lists and self.lists[0].is_implied and not self.lists[-1].in_item:
            self.end_lists()
        self.boundary()
        if name == "figure":
            self.figures.append(_Figure(is_card="kg-bookmark-card" in classes))
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

    def start_inline(self, name, given, classes):
        if name == "br":
            self.breaks += 1
            self.line_break(self.breaks)
        elif name == "hr":
            self.boundary()
            if classes & PAGE_BREAKS or not classes & ORNAMENTS:
                self.page_break()
        elif name == "a":
            self.link = address(given.get("href", ""))
        elif name in MARKS:
            style = given.get("style", "").replace(" ", "").lower()
            self.mark(MARKS[name], "font-weight:normal" not in style and "font-weight:400" not in style)
        elif name in ("audio", "embed", "object", "video", "source"):
            self.media(name, given)
        elif classes & {"kg-bookmark-publisher", "kg-file-card-filesize"}:
            self.gap = CELL if self.line and self.gap < PARAGRAPH else self.gap

    def media(self, name, given):
        found = address(given.get("src") or given.get("data") or "")
        if name == "source" and not self.wants_source:
            return
        self.wants_source = name in ("audio", "video") and not found
        if found:
            self.linked(found)
        if found and name == "object":
            self.tokens.skip(name)

    def drop(self, name, rest, given):
        if name == "iframe":
            self.linked(address(given.get("src") or given.get("data-src") or ""))
        if rest.endswith("/") and name in ("svg", "math"):
            return
        if not self.tokens.skip(name) and name in ("script", "style"):
            self.tokens.at = len(self.tokens.source)

    def linked(self, found):
        """A paragraph that is a link to what was shown here."""
        if not ADDRESS.match(found) or self.caption is not None:
            return
        self.boundary()
        self.link, outer = found, self.link
        self.write(found)
        self.link = outer
        self.boundary()

    # Shortcodes

    def code(self, name, rest):
        if name == "caption":
            self.boundary()
            self.figures.append(_Figure())
            self.figures[-1].captions += _INNER_TAG.sub(" ", attributes(rest).get("caption", "")).split()
            if self.caption is None and self.tokens.has_end("[caption]"):
                self.caption, self.caption_end = [], "[caption]"
        elif name in CODES_OF_MEDIA:
            self.linked(address_in(rest))
            self.boundary()

    def code_end(self, name):
        if name == "caption":
            if self.caption_end == "[caption]":
                self.end_caption()
            self.boundary()
            if self.figures:
                self.end_figure()
        elif name in CODES_OF_MEDIA:
            self.boundary()

    # Pictures

    def picture(self, given, classes):
        if classes & EMOJI_CLASSES:
            self.text(given.get("alt", ""))
            return
        is_pixel = given.get("width") in ("0", "1") or given.get("height") in ("0", "1")  # it counts readers
        if is_pixel or (self.figures and self.figures[-1].is_card):
            return
        if self.link:
            given["link"] = self.link
        self.latest = shot = Shot(given)
        if self.figures:
            self.figures[-1].last = shot
        if self.is_outermost:
            self.end_line()
            self.out.append(shot)
        else:
            self.waiting.append(shot)

    def in_caption(self, name, given=None):
        """A caption has no markup, but its picture may be a link."""
        if name == "a":
            self.link = address((given or {}).get("href", ""))
        elif self.caption is not None and (name == "br" or name in BLOCKS):
            self.caption.append(" ")

    def end_caption(self):
        if self.caption is None:
            return
        words, self.caption, self.caption_end = "".join(self.caption).split(), None, ""
        if self.figures:
            self.figures[-1].captions += words
        else:
            self.captioned(self.latest, " ".join(words))

    def end_figure(self):
        ended = self.figures.pop()
        self.captioned(ended.last, " ".join(ended.captions))
        if self.figures and ended.last:
            self.figures[-1].last = ended.last

    def captioned(self, shot, words):
        """Give the picture its caption; where there is none, or it has one, the words are a paragraph."""
        if shot and not shot.caption:
            shot.caption = words
        elif words:
            self.boundary()
            self.write(words)
            self.boundary()

    # Lines and blocks

    def text(self, words):
        if self.caption is None:
            super().text(letters.sound(words))
        else:
            self.caption.append(letters.sound(words))

    def boundary(self):
        in_card = self.figures and self.figures[-1].is_card
        self.widen(BREAK if in_card else PARAGRAPH)

    def begin_line(self):
        self.latest = None
        super().begin_line()

    def page_break(self):
        self.boundary()
        if self.is_outermost and self.caption is None:
            self.end_line()
            self.out.append("<hr>")
