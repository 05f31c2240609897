"""What a feed tells of stories and of corrections, whatever its format."""

import datetime
import functools
import uuid
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles import photos, tracking
from articles.each import each
from articles.listings import rails
from articles.models import Photo
from articles.models.correction import Kind
from articles.models.person import Role
from articles.models.story import State
from articles.text import body

from . import text

MOST_MADE = 3  # renditions, within one request
SOON = datetime.timedelta(seconds=10)


class Picture(NamedTuple):
    address: str
    kind: str  # its media type
    length: int  # bytes


class Entry(NamedTuple):
    """`id` stays when the slug changes; `summary` is plain text; `authors`: [(name, address)]."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime.datetime
    updated: datetime.datetime
    authors: list = ()
    tags: list = ()
    picture: Picture | None = None


class Withdrawn(NamedTuple):
    """A story that readers had: its id, and when it was withdrawn (RFC 6721)."""

    id: str
    at: datetime.datetime


class Feed(NamedTuple):
    """`address`: of the page that it belongs to. `pages`: {relation of RFC 5005: address}, "self" among them.

    `edition`: (name, address) of the paper. `updated`: the last time that anything in it changed; None if it is empty.
    """

    title: str
    description: str
    address: str
    edition: tuple
    language: str
    icon: str
    pages: dict
    entries: list
    withdrawn: list
    updated: datetime.datetime | None


class _Measured:
    """The lengths of the pictures of a feed. A request makes at most a few that nobody has made yet; the feed is soon
    rendered again with more of them, and until then it tells of the others without their pictures."""

    def __init__(self, at):
        self.left, self.again_at = MOST_MADE, at + SOON

    def length(self, photo, rendition):
        if (known := photos.stored_length(rendition)) is not None:
            return known
        if not self.left:
            tracking.valid_until(self.again_at)
            return None
        made = photos.length(photo, rendition)
        self.left -= made is not None
        return made


def of_stories(stories, at):
    """[Entry] of live stories with their parts. A story that fails is left out, and the log says why."""
    named = [body.references(story.body) for story in stories]
    cards = rails.cards(at, (), dict.fromkeys(uid for names in named for uid in names.stories))
    uids = {uuid.UUID(uid) for names in named for uid in names.photos}
    pictures = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=uids)} if uids else {}
    measured = _Measured(at)
    return list(each(stories, functools.partial(_item, cards=cards, pictures=pictures, measured=measured, at=at)))


def of_correction(correction):
    """A correction, reply or withdrawal as an entry. It leads to the story, or to the list where that is gone."""
    story = correction.story
    kind, reason = capfirst(correction.get_kind_display()), correction.get_reason_display()
    told = " ".join(filter(None, [f"{capfirst(reason)}." if reason else "", correction.text]))
    part = "" if correction.kind == Kind.WITHDRAWAL else f"#correction-{correction.uid}"
    is_there = story.state == State.RELEASED
    page = f"{story.get_absolute_url()}{part}" if is_there else reverse("corrections")
    return Entry(
        id=f"urn:uuid:{correction.uid}",
        address=story.edition.absolute(page),
        title=f"{kind}: {story.announced_headline}",
        summary=told,
        html=f"<p>{escape(told)}</p>",
        language=story.edition.language,
        published=correction.at,
        updated=correction.at,
        authors=[(story.edition.name, story.edition.absolute("/"))],
    )


def _item(story, cards, pictures, measured, at):
    edition, corrections = story.edition, story.shown_corrections
    published = story.first_published_at or story.live_from
    photo = story.lead_photo if story.lead_photo and story.lead_photo.is_usable(at) else None
    context = {
        "story": story,
        "corrections": corrections,
        "lead": photo and text.figure(photo, story.shown_lead_caption, edition),
        "parts": text.parts(story, cards, pictures, at),
        "gallery": text.gallery(story, at),
    }
    return Entry(
        id=f"urn:uuid:{story.uid}",
        address=edition.absolute(story.get_absolute_url()),
        title=story.announced_headline,
        summary=_summary(story, corrections),
        html=render_to_string("articles/feed_text.html", context).strip(),
        language=edition.language,
        published=published,
        updated=max(filter(None, [published, story.shown_updated_at, *(one.at for one in corrections)])),
        authors=_authors(story),
        tags=[link.tag.name for link in story.tag_links.all()] + _key_event(story),
        picture=photo and _picture(photo, edition, measured),
    )


def _summary(story, corrections):
    """The description of a story and its corrections (rules.md F4)."""
    told = [f"{capfirst(one.get_kind_display())}: {one.text}" for one in corrections]
    return " ".join([story.description, *told])


def _key_event(story):
    """The category of those that say where their running story turned."""
    return [gettext("Key event")] if story.series and story.is_key_event else []


def _authors(story):
    people = dict(story.byline).get(Role.AUTHOR, [])
    named = [(person.name, story.edition.absolute(person.get_absolute_url())) for person in people]
    return named or [(story.edition.name, story.edition.absolute("/"))]


def _picture(photo, edition, measured):
    length = measured.length(photo, photos.rendition(photo, "16x9", 1280, "jpg"))
    address = edition.absolute(photos.address(photo, "16x9", 1280, "jpg"))
    return Picture(address, "image/jpeg", length) if length else None
