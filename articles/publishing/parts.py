"""The rows of stories that the checks read: four queries at most, for one story or for all rows of a list."""

from typing import NamedTuple

from articles.models import Credit, Photo, StoryPhoto, TaggedStory
from articles.text import body


class Parts(NamedTuple):
    """`in_text`: the photos of the library that the body holds; `tags` is read only if there are names to protect."""

    credits: list[Credit]
    gallery: list[StoryPhoto]
    in_text: list[Photo]
    tags: list


def parts_of(stories):
    """{id: Parts} of these stories, as they are stored."""
    ids = [story.pk for story in stories]
    named = {story.pk: set(body.references(body.clean(story.body)).photos) for story in stories}
    photos = list(Photo.objects.filter(uid__in=set().union(*named.values()))) if any(named.values()) else []
    credited = _by_story(Credit.objects.select_related("person"), "story_id", ids)
    gallery = _by_story(StoryPhoto.objects.select_related("photo"), "story_id", ids)
    protecting = [story.pk for story in stories if story.protected]
    tagged = _by_story(TaggedStory.objects.select_related("tag"), "content_object_id", protecting)
    return {
        pk: Parts(
            credits=credited.get(pk, []),
            gallery=gallery.get(pk, []),
            in_text=[photo for photo in photos if str(photo.uid) in named[pk]],
            tags=[link.tag for link in tagged.get(pk, [])],
        )
        for pk in ids
    }


def parts_as_read(story):
    """The same of one story whose credits, gallery and tags were read with it; asks only for photos in its text."""
    named = body.references(body.clean(story.body)).photos
    return Parts(
        credits=list(story.credits.all()),
        gallery=list(story.gallery.all()),
        in_text=list(Photo.objects.filter(uid__in=named)) if named else [],
        tags=[link.tag for link in story.tag_links.all()],
    )


def _by_story(rows, key, ids):
    """{story's id: its rows in their order}. Without ids, nothing is asked."""
    found = {}
    for row in rows.filter(**{f"{key}__in": ids}) if ids else []:
        found.setdefault(getattr(row, key), []).append(row)
    return found
