"""The whole text of a story for readers elsewhere: plain HTML with whole addresses."""

import re
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles import photos
from articles.text import body, embeds

_PATH = re.compile(r'(<a href=")(/[^/])')


class Part(NamedTuple):
    """A block of the text; `related` is the live story that an aside leads to."""

    html: str
    related: object = None


def parts(story, cards, pictures, at):
    """The blocks in order, without page breaks, and without what readers may not see now."""
    for block in body.blocks(story.body):
        photo = pictures.get(block.uid) if block.kind == "figure" else None
        if block.kind == "aside":
            related = cards.get(block.uid)
            if related and related.pk != story.pk:
                yield Part("", related)
        elif block.embed:
            yield Part(_embed(block))
        elif block.kind == "figure":
            if photo and photo.is_usable(at):
                yield Part(figure(photo, block.caption or photo.caption, story.edition))
        elif block.kind != "hr":
            yield Part(_whole(block.html, story.edition))


def gallery(story, at):
    """Its photos as figures, in order."""
    for use in story.gallery.all():
        if use.photo.is_usable(at):
            yield figure(use.photo, use.caption or use.photo.caption, story.edition)


def figure(photo, caption, edition):
    width, height = photos.size(photo, "full", 1280)
    address = edition.absolute(photos.address(photo, "full", 1280, "jpg"))
    told = '<figure><img src="{}" width="{}" height="{}" alt="{}"><figcaption>{}</figcaption></figure>'
    words = " ".join(filter(None, [caption, photo.credit and f"({photo.credit})"]))
    return format_html(told, address, width, height, photo.alt, words)


def _embed(block):
    name = embeds.provider(block.embed)[1]
    return format_html('<p><a href="{}">{}: {}</a></p>', block.embed, name, block.caption or block.embed)


def _whole(html, edition):
    """The HTML with whole addresses. It is safe: the field cleans a body on every way in (articles/text/body.py)."""
    whole = _PATH.sub(rf"\g<1>{edition.absolute('')}\g<2>", html) if 'href="/' in html else html
    return mark_safe(whole)  # noqa: S308 - as told above
