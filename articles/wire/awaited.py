"""Photos that stories came without, and which have come since: posts and their media may be in two files."""

import itertools

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles import publishing
from articles.models import Arrival, AwaitedPhoto, Photo, SourcePhoto, Story, StoryPhoto
from articles.models.revision import Move
from articles.models.source import Use
from articles.models.story import State

BATCH = 200


def give(wanted):
    """Give stories the photos that are here now. Returns to how many.

    A story that the desk has changed since is left alone, and unless `released` was asked for, so is what readers have.
    """
    here = [Exists(rows.objects.filter(uid=OuterRef("uid"))) for rows in (Photo, SourcePhoto)]
    waiting = AwaitedPhoto.objects.filter(here[0] | here[1], story__in=wanted.reachable())
    if not wanted.released:
        waiting = waiting.exclude(story__state__in=[State.RELEASED, State.WITHDRAWN])
    keys = waiting.order_by("story").values_list("story", flat=True).distinct()
    return sum(_give(batch, wanted) for batch in itertools.batched(list(keys), BATCH))


@transaction.atomic
def _give(keys, wanted):
    versions = dict(Arrival.objects.filter(story__in=keys).values_list("story", "story_version"))
    locked = Story.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    stories = {story.pk: story for story in locked if versions.get(story.pk) == story.version}
    awaited = list(AwaitedPhoto.objects.filter(story__in=stories).order_by("story", "order"))
    photos = _photos([one.uid for one in awaited])
    awaited = [one for one in awaited if one.uid in photos]
    gallery = []
    for one in awaited:
        story, photo = stories[one.story_id], photos[one.uid]
        if one.use == Use.LEAD:
            story.lead_photo = story.lead_photo or photo
        else:
            gallery.append(StoryPhoto(story=story, photo=photo, order=one.order))
    changed = [stories[pk] for pk in dict.fromkeys(one.story_id for one in awaited)]
    for story in changed:
        story.version, story.changed_at = story.version + 1, wanted.at
    StoryPhoto.objects.bulk_create(gallery, ignore_conflicts=True)
    Story.objects.bulk_update(changed, ["lead_photo", "version", "changed_at"], batch_size=100)
    arrivals = list(Arrival.objects.filter(story__in=changed))
    for arrival in arrivals:
        arrival.story_version = stories[arrival.story_id].version
    Arrival.objects.bulk_update(arrivals, ["story_version"], batch_size=100)
    AwaitedPhoto.objects.filter(pk__in=[one.pk for one in awaited]).delete()
    publishing.record_all(changed, wanted.by, wanted.at, Move.TAKEN_IN)
    return len(changed)


def _photos(uids):
    aliases = SourcePhoto.objects.filter(uid__in=uids).select_related("row")
    return {alias.uid: alias.row for alias in aliases} | {p.uid: p for p in Photo.objects.filter(uid__in=uids)}
