"""The newest stories as RSS, for the whole edition."""

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.utils.text import capfirst

from articles.each import each
from articles.models import Story
from articles.models.label import Label
from articles.models.person import Role
from articles.text import letters

A_FEED = 30


class Rss(Rss201rev2Feed):
    """RSS whose texts have only characters that XML allows, whatever is stored."""

    def __init__(self, **texts):
        super().__init__(**letters.sound_within(texts))

    def add_item(self, **texts):
        super().add_item(**letters.sound_within(texts))


class LatestFeed(Feed):
    """Titles, standfirsts and authors; a paid story says so in its title (rules.md D7, F1).

    Its language is the active one, which is the edition's (middleware.py); Django has no method to ask for it.
    """

    feed_type = Rss
    item_guid_is_permalink = False

    def get_object(self, request):
        return request.edition

    def title(self, edition):
        return edition.name

    def description(self, edition):
        return edition.tagline or edition.name

    def link(self, edition):
        return edition.absolute("/")

    def feed_url(self, edition):
        return edition.absolute("/feed/")

    def items(self, edition):
        stories = Story.objects.live(timezone.now()).filter(edition=edition).newest().select_related("edition")
        return each(stories.prefetch_related("credits__person", "tag_links__tag", "corrections")[:A_FEED], _item)

    def item_title(self, item):
        return item["title"]

    def item_description(self, item):
        return item["description"]

    def item_link(self, item):
        return item["link"]

    def item_guid(self, item):
        return item["guid"]

    def item_pubdate(self, item):
        return item["published_at"]

    def item_author_name(self, item):
        return item["authors"]

    def item_categories(self, item):
        return item["tags"]


def _item(story):
    """The texts of a story's item, by the names of RSS."""
    return {
        "title": _title(story),
        "description": escape(_description(story)),  # readers take it for HTML
        "link": story.edition.absolute(story.get_absolute_url()),
        "guid": f"urn:uuid:{story.uid}",  # stays the same when the slug changes
        "published_at": story.first_published_at,
        "authors": ", ".join(person.name for role, people in story.byline if role == Role.AUTHOR for person in people),
        "tags": [link.tag.name for link in story.tag_links.all()],
    }


def _title(story):
    if story.label == Label.ADVERTORIAL:
        return f"{capfirst(story.get_label_display())}: {story.headline}"
    return story.headline


def _description(story):
    """The description of a story and its corrections (rules.md F4)."""
    corrections = [f"{capfirst(c.get_kind_display())}: {c.text}" for c in story.shown_corrections]
    return " ".join([story.description, *corrections])
