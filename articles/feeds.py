"""The newest stories as RSS, for the whole edition."""

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.text import capfirst

from .delivery import printing
from .models import Story
from .models.person import Role
from .models.story import Label

A_FEED = 30


class LatestFeed(Feed):
    """Titles, standfirsts and authors; what is paid for says so in its title (rules.md D7, F1)."""

    feed_type = Rss201rev2Feed
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

    def language(self, edition):
        return edition.language

    def items(self, edition):
        printing.lists(edition)
        stories = Story.objects.live(timezone.now()).filter(edition=edition).newest().select_related("edition")
        return stories.prefetch_related("credits__person", "tag_links__tag", "corrections")[:A_FEED]

    def item_title(self, story):
        if story.label == Label.ADVERTORIAL:
            return f"{capfirst(story.get_label_display())}: {story.headline}"
        return story.headline

    def item_description(self, story):
        """The standfirst, and what was put right (rules.md F4)."""
        told = [f"{capfirst(c.get_kind_display())}: {c.text}" for c in story.shown_corrections]
        return " ".join([story.standfirst, *told])

    def item_link(self, story):
        return story.edition.absolute(story.get_absolute_url())

    def item_guid(self, story):
        """The same for ever, also when the slug changes."""
        return f"urn:uuid:{story.uid}"

    def item_pubdate(self, story):
        return story.first_published_at

    def item_author_name(self, story):
        return ", ".join(person.name for role, people in story.byline if role == Role.AUTHOR for person in people)

    def item_categories(self, story):
        return [link.tag.name for link in story.tag_links.all()]
