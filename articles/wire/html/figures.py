"""Pictures of a foreign text with their captions, as blocks of their own. Pure; see blocks.py."""

import re

from articles.text.html_in import attributes

from .containers import Containers
from .words import SPACE

EMOJI_CLASSES = {"emoji", "wp-smiley"}

_INNER_TAG = re.compile(r"<[^>]*>")


class ImageTag:
    """The attributes of an <img>, and the caption, which is found later."""

    def __init__(self, attrs):
        self.attrs, self.caption = attrs, ""


class _Figure:
    """An open <figure> or [caption]. `is_card`: a bookmark; its lines are one paragraph, its pictures are omitted."""

    def __init__(self, *, is_card=False):
        self.is_card, self.pictures, self.last, self.captions = is_card, 0, None, []


class Figures(Containers):
    """Containers, with pictures between the blocks: `out` holds strings and ImageTags."""

    def __init__(self, lines, addresses):
        super().__init__(lines)
        self.addresses = addresses
        self.figures, self.caption, self.caption_end = [], None, ""
        self.latest = None  # the last picture, until a word follows it

    def start_figure(self, *, is_card=False):
        self.figures.append(_Figure(is_card=is_card))

    def start_captioned(self, rest):
        """Begin a [caption]. Its caption may be an attribute."""
        self.boundary()
        self.start_figure()
        self.figures[-1].captions += _INNER_TAG.sub(" ", attributes(rest).get("caption", "")).split()

    def picture(self, attrs, classes):
        if classes & EMOJI_CLASSES:
            self.text(attrs.get("alt", ""))
            return
        self.widen(SPACE)
        is_pixel = attrs.get("width") in ("0", "1") or attrs.get("height") in ("0", "1")  # a tracking pixel
        if is_pixel or (self.figures and self.figures[-1].is_card):
            return
        if self.link:
            attrs["link"] = self.link
        self.latest = image = ImageTag(attrs)
        if self.figures:
            self.figures[-1].last = image
            self.figures[-1].pictures += 1
        self.cells = 0  # a cell with a picture is not empty
        if self.is_outermost:
            self.end_line()
            self.out.append(image)
        else:
            self.waiting.append(image)

    def end_caption(self):
        if self.caption is None:
            return
        words, self.caption, self.caption_end = "".join(self.caption).split(), None, ""
        if self.figures:
            self.figures[-1].captions += words
        else:
            self.captioned(self.latest, " ".join(words))

    def end_figure(self):
        """End a figure. A caption of several pictures becomes a paragraph after them."""
        ended = self.figures.pop()
        self.captioned(ended.last if ended.pictures < 2 else None, " ".join(ended.captions))
        if self.figures and ended.last:
            self.figures[-1].last = ended.last
            self.figures[-1].pictures += ended.pictures

    def captioned(self, image, words):
        """Give the picture its caption. Without a picture, or if it has a caption, the words become a paragraph."""
        if image and not image.caption:
            image.caption = words
        elif words:
            self.boundary()
            self.write(words)
            self.boundary()

    def begin_line(self):
        self.latest = None
        super().begin_line()
