"""Cards: the picture beside a link to a story without a photo that readers may see. Its headline, in the colours of its
edition, drawn on the first request of its address and kept like a rendition. The address changes with what it shows.
"""

import functools
import hashlib
import io
import re
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from PIL import Image, ImageDraw, ImageFont

from articles.face import FILE

from . import budget
from .addresses import FOLDER
from .renditions import stored_or_made

SIZE = 1200, 630
MARGIN = 80
ROOM = SIZE[0] - 2 * MARGIN, 330  # pixels of the headline
LARGEST, SMALLEST, STEP, SMALL = 84, 44, 4, 34  # pixels of letters; SMALL are those of name and label
LEADING = 1.2
DRAWN = 2  # raise it if cards look different
LIGHT_FROM = 0.35  # luminance of a colour from which letters on it are dark
PLAIN = "#333333"  # for an edition whose colour is none
_COLOUR = re.compile(r"#[0-9a-f]{6}\Z")
_NAME = re.compile(r"([0-9a-f]{32})-([0-9a-f]{16})\.png\Z")


class Card(NamedTuple):
    """What a card shows."""

    headline: str
    label: str
    edition: str
    colour: str

    def name(self, uid):
        """Of its file; it holds a hash of what the card shows."""
        told = "\0".join([str(DRAWN), *self])
        return f"{uid.hex}-{hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}.png"


def card(story):
    label = capfirst(story.shown_label)
    colour = story.edition.accent if _COLOUR.match(story.edition.accent) else PLAIN
    return Card(story.headline, label, story.edition.name, colour)


def card_address(story):
    return reverse("card", args=[card(story).name(story.uid)])


def card_uid(name):
    """The hexadecimal uid of the story in the name of a card; "" if it is no such name."""
    match = _NAME.match(name)
    return match[1] if match else ""


def fetch_card(story):
    """Its bytes and whether they are stored, a Fetched."""
    shown = card(story)
    name = shown.name(story.uid)
    return stored_or_made(f"{FOLDER}cards/{name[:2]}/{name}", int(name[:2], 16) % 64, lambda: draw(shown))


def drawn_card(story):
    """The bytes of the card of a story as it is typed, which is not kept."""
    return draw(card(story))


def draw(card):
    """The card as PNG."""
    with budget.a_turn(), budget.room(SIZE[0] * SIZE[1] * 8):
        ink = "#000000" if _luminance(card.colour) > LIGHT_FROM else "#ffffff"
        image = Image.new("RGB", SIZE, card.colour)
        drawing, small = ImageDraw.Draw(image), _face(SMALL)
        lines, face = _fitted(_known(card.headline))
        drawing.text((MARGIN, MARGIN), _cut(_known(card.label), small), ink, small)
        drawing.rectangle((MARGIN, SIZE[1] - 150, MARGIN + 120, SIZE[1] - 144), ink)
        drawing.text((MARGIN, SIZE[1] - 120), _cut(_known(card.edition), small), ink, small)
        for number, line in enumerate(lines):
            drawing.text((MARGIN, MARGIN + 60 + number * face.size * LEADING), line, ink, face)
        out = io.BytesIO()
        image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitted(text):
    """(lines, face): the text in the largest letters in which it fits, or cut in the smallest."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        face, most = _face(size), int(ROOM[1] / size / LEADING)
        lines = _lines(text, face)
        if len(lines) <= most and all(face.getlength(line) <= ROOM[0] for line in lines):
            return lines, face
    kept = [_cut(line, face) for line in lines[:most]]
    return [*kept[:-1], _cut(f"{kept[-1]} …", face)] if len(lines) > most else kept, face


def _lines(text, face):
    lines = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= ROOM[0]:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line, face):
    """The line, or as much of it as there is room for."""
    if face.getlength(line) <= ROOM[0]:
        return line
    while line and face.getlength(f"{line}…") > ROOM[0]:
        line = line[:-1]
    return f"{line.rstrip(' …')}…"


def _known(text):
    """The text without letters that the face does not have, which would be drawn as boxes."""
    return " ".join("".join(letter for letter in text if letter == " " or _has(letter)).split())


@functools.lru_cache(2_000)
def _has(letter):
    face = _face(SMALL)
    return bytes(face.getmask(letter)) != bytes(face.getmask("\U0010ffff"))


@functools.lru_cache
def _face(size):
    """One face for every machine, and one way to set it, so that a card looks the same wherever it is drawn."""
    return ImageFont.truetype(FILE, size, layout_engine=ImageFont.Layout.BASIC)


def _luminance(colour):
    """Relative luminance of #rrggbb, 0 to 1 (WCAG)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
