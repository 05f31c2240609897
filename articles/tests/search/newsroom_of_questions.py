"""The fixture's newsroom, and beside its stories of Gorontalo those of stories.json."""

import datetime
import json
import pathlib

from articles.models import Credit, Edition, Person, Section, Story, Tag, TaggedStory
from articles.models.person import Role
from articles.models.story import State

from ..newsroom import WITA, load_newsroom

_STORIES = pathlib.Path(__file__).with_name("stories.json")


def load():
    """The edition."""
    load_newsroom()
    edition = Edition.objects.get(slug="gorontalo")
    sections = {section.slug: section for section in Section.objects.filter(edition=edition)}
    people = {person.slug: person for person in Person.objects.all()}
    tags = {tag.name: tag for tag in Tag.objects.all()}
    for told in json.loads(_STORIES.read_text("utf-8")):
        day = datetime.date.fromisoformat(told["day"])
        at = datetime.datetime.combine(day, datetime.time(9), WITA)
        story = Story.objects.create(
            edition=edition,
            section=sections[told["section"]],
            body=f"<p>{told['body']}</p>",
            lead_caption=told["caption"],
            state=State.RELEASED,
            publish_at=at,
            first_published_at=at,
            day=day,
            **{name: told[name] for name in ("slug", "headline", "standfirst")},
        )
        Credit.objects.bulk_create(
            Credit(story=story, person=people[slug], role=Role.AUTHOR) for slug in told["authors"]
        )
        TaggedStory.objects.bulk_create(TaggedStory(content_object=story, tag=tags[name]) for name in told["tags"])
    return edition
