"""Which photos readers may get."""

import collections
import functools
import operator

from django.db.models import Count, Exists, OuterRef, Q

from articles.models import Photo, PhotoInText, Story, StoryPhoto
from articles.models.photo import shown_beside_stories


def shown(at):
    """Photos that readers may get: a live page shows them, and their rights have not ended."""
    return placed(at).usable(at)


def placed(at):
    """Photos on something that readers can see, even if their rights have ended."""
    live = Story.objects.live(at)
    return Photo.objects.filter(in_any(live) | shown_beside_stories())


def in_any(stories):
    """A condition: one of these stories has the photo at its head, in its gallery or in its text."""
    ways = {"lead_photo": "pk", "gallery__photo": "pk", "photos_in_text__uid": "uid"}
    return functools.reduce(
        operator.or_, (Q(Exists(stories.filter(**{way: OuterRef(of_photo)}))) for way, of_photo in ways.items())
    )


def counts(photos):
    """{photo: number of stories that have it at their head, in their gallery or in their text} of some photos."""
    found = collections.Counter()
    by_uid = {photo.uid: photo.pk for photo in photos}
    for model, name in ((Story, "lead_photo"), (StoryPhoto, "photo")):
        rows = model.objects.filter(**{f"{name}__in": list(by_uid.values())}).order_by()
        found.update(dict(rows.values_list(name).annotate(Count("pk"))))
    in_texts = PhotoInText.objects.filter(uid__in=by_uid).order_by().values_list("uid").annotate(Count("pk"))
    found.update({by_uid[uid]: number for uid, number in in_texts})
    return found
