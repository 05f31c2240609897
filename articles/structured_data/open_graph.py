"""What stands beside a link to a page in a chat or a network: Open Graph, and the cards of X (rules.md A9)."""

from articles import photos
from articles.models.person import Role

from .text import time

LOCALES = {"id": "id_ID"}  # Open Graph wants a country, too: English here is that of none
SMALL = 300  # pixels: X wants a picture at least so wide for its large card


def of_story(story, canonical, at):
    """[(name, content)] of the head of a live story, in order; names may stand there several times."""
    edition, title, words = story.edition, story.announced_headline, story.description
    authors = dict(story.byline).get(Role.AUTHOR, [])
    told = [
        *_of_page(edition, canonical, "article", title, words),
        ("article:published_time", time(story.live_from, edition)),
        ("article:modified_time", story.shown_updated_at and time(story.shown_updated_at, edition)),
        ("article:section", story.section.name),
        *(("article:author", edition.absolute(person.get_absolute_url())) for person in authors),
        *(("article:tag", link.tag.name) for link in story.tag_links.all()),
        *_of_picture(shared_picture(story, at), title, words),
    ]
    return [pair for pair in told if pair[1]]


def of_page(edition, canonical, title, words="", kind="website", *, stories=(), at):
    """The same of any other page, with the first photo of its `stories`, or else the logo of the paper."""
    words, picture = words or edition.tagline, _picture(edition, stories, at)
    told = [*_of_page(edition, canonical, kind, title, words), *_of_picture(picture, title, words)]
    return [pair for pair in told if pair[1]]


def shared_picture(story, at):
    """Address, type, size and words of the picture: the lead photo, or else a drawn card of the headline."""
    if photo := shared_photo(story, at):
        address, (width, height) = crop(photo)
        kind, alt = "image/jpeg", photo.alt or story.headline
    else:
        address, (width, height) = photos.card_address(story), photos.CARD
        kind, alt = "image/png", story.headline
    return {"": story.edition.absolute(address), "type": kind, "width": width, "height": height, "alt": alt}


def shared_photo(story, at):
    """The photo that stands beside a link to the story; None where a drawn card does."""
    return story.lead_photo if story.lead_photo and story.lead_photo.is_usable(at) else None


def crop(photo):
    """(Path, size) of the part of a photo that is shown there."""
    return photos.address(photo, "40x21", 1200, "jpg"), photos.size(photo, "40x21", 1200)


def _picture(edition, stories, at):
    """As `shared_picture`; {} where there is none."""
    if photo := next(filter(None, (shared_photo(story, at) for story in stories)), None):
        return _photo(photo, edition, *crop(photo))
    logo = edition.logo
    if not logo or not logo.is_usable(at):
        return {}
    told = _photo(logo, edition, photos.address(logo, "1x1", 160, "jpg"), photos.size(logo, "1x1", 160))
    return {"alt": edition.name} | told


def _photo(photo, edition, address, size):
    told = {"": edition.absolute(address), "type": "image/jpeg", "width": size[0], "height": size[1], "alt": photo.alt}
    return {part: value for part, value in told.items() if value}


def _of_page(edition, canonical, kind, title, words):
    names = ("og:type", kind), ("og:title", title), ("og:description", words), ("og:url", canonical)
    return [*names, ("og:site_name", edition.name), ("og:locale", LOCALES.get(edition.language))]


def _of_picture(picture, title, words):
    """X shows a small picture as a square beside the words."""
    return [
        *((f"og:image{part and ':'}{part}", value) for part, value in picture.items()),
        ("twitter:card", "summary_large_image" if picture.get("width", 0) > SMALL else "summary"),
        ("twitter:title", title),
        ("twitter:description", words),
        ("twitter:image", picture.get("")),
        ("twitter:image:alt", picture.get("alt")),
    ]
