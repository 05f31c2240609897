"""Photos that were imported after their stories, because posts and their media may be in two files."""

import itertools

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles import publishing
from articles.models import Arrival, AwaitedPhoto, Photo, SourcePhoto, Story, StoryPhoto
from articles.models.revision import Move
from articles.models.wire.source import Use

from .decisions import Outcome, is_of_the_desk, why_left

BATCH = 200


def give(options):
    """Give stories the photos that are here now. Returns (story, outcome, why) for each story that waited for one.

    A story that the desk has changed since is not changed; it is reported once and waits no longer. A public story is
    changed only with `released`; without it, the story waits for the next run.
    """
    here = [Exists(rows.objects.filter(uid=OuterRef("uid"))) for rows in (Photo, SourcePhoto)]
    waiting = AwaitedPhoto.objects.filter(
        here[0] | here[1], story__in=options.reachable(), story__arrival__isnull=False
    )
    keys = list(waiting.order_by("story").values_list("story", flat=True).distinct())
    return [one for batch in itertools.batched(keys, BATCH) for one in _give(batch, options)]


@transaction.atomic
def _give(keys, options):
    locked = Story.objects.select_for_update(of=("self",)).select_related("arrival").filter(pk__in=keys)
    checked = [(story, why_left(story, options)) for story in locked.order_by("pk")]
    kept = [(story, Outcome.KEPT, [why]) for story, why in checked if why]
    AwaitedPhoto.objects.filter(story__in=[story for story, _o, _w in kept if is_of_the_desk(story)]).delete()
    given = _given({story.pk: story for story, why in checked if not why}, options)
    return [*kept, *((story, Outcome.COMPLETED, []) for story in given)]


def _given(stories, options):
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
        story.version, story.changed_at = story.version + 1, options.at
        story.arrival.story_version = story.version
    StoryPhoto.objects.bulk_create(gallery, ignore_conflicts=True)
    Story.objects.bulk_update(changed, ["lead_photo", "version", "changed_at"], batch_size=100)
    Arrival.objects.bulk_update([story.arrival for story in changed], ["story_version"], batch_size=100)
    AwaitedPhoto.objects.filter(pk__in=[one.pk for one in awaited]).delete()
    publishing.record_all(changed, options.by, options.at, Move.TAKEN_IN)
    return changed


def _photos(uids):
    aliases = SourcePhoto.objects.filter(uid__in=uids).select_related("row")
    return {alias.uid: alias.row for alias in aliases} | {p.uid: p for p in Photo.objects.filter(uid__in=uids)}
