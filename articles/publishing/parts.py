"""The rows of stories that the checks read: four queries at most, for one story or for all rows of a list."""

from typing import NamedTuple

from articles.database.compiled import CompiledQuery
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
    uids = set().union(*named.values())
    photos = list(Photo.objects.filter(uid__in=uids)) if uids else []
    credited, gallery = _by_story(_credits, "story_id", ids), _by_story(_gallery, "story_id", ids)
    tagged = _by_story(_tagged, "content_object_id", [story.pk for story in stories if story.protected])
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


_credits = CompiledQuery(lambda ids=(): Credit.objects.select_related("person").filter(story__in=ids))
_gallery = CompiledQuery(lambda ids=(): StoryPhoto.objects.select_related("photo").filter(story__in=ids))
_tagged = CompiledQuery(lambda ids=(): TaggedStory.objects.select_related("tag").filter(content_object__in=ids))


def _by_story(rows, key, ids):
    """{story's id: its rows in their order}. Without ids, nothing is asked."""
    found = {}
    for row in rows(ids=ids) if ids else []:
        found.setdefault(getattr(row, key), []).append(row)
    return found
