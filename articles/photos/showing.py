"""Which photos readers may get."""

import collections
import functools
import operator

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from articles.models import Photo, PhotoInText, Story, StoryPhoto
from articles.models.photo import shown_beside_stories


def shown(at):
    """Photos that readers may get: a live page shows them, and their rights have not ended."""
    return placed(at).usable(at)


def placed(at):
    """Photos on something that readers can see, even if their rights have ended."""
    # Live is told at the key of the story: a state beside the photo would make SQLite read all stories of this state.
    is_live = Exists(Story.objects.live(at).filter(pk=OuterRef("pk")))
    return Photo.objects.filter(in_any(Story.objects.filter(is_live)) | shown_beside_stories())


def in_any(stories):
    """A condition: one of these stories has the photo at its head, in its gallery or in its text.

    It asks for the first such story, and not whether there is one (EXISTS): PostgreSQL would answer that by reading all
    stories, to have them ready for any photo.
    """
    ways = {"lead_photo": "pk", "gallery__photo": "pk", "photos_in_text__uid": "uid"}
    firsts = (stories.filter(**{way: OuterRef(of_photo)}).order_by().values("pk")[:1] for way, of_photo in ways.items())
    return functools.reduce(operator.or_, (Q(IsNull(Subquery(first), False)) for first in firsts))


def in_some(stories):
    """The ids of the photos that stories with these ids have at their head, in their gallery or in their text."""
    uids = PhotoInText.objects.filter(story__in=stories).values("uid")
    rows = (
        Story.objects.filter(pk__in=stories, lead_photo__isnull=False)
        .order_by()
        .values_list("lead_photo")
        .union(
            StoryPhoto.objects.filter(story__in=stories).order_by().values_list("photo"),
            Photo.objects.filter(uid__in=uids).order_by().values_list("pk"),
        )
    )
    return [key for (key,) in rows.order_by()]


def counts(photos):
    """{photo: number of stories that have it at their head, in their gallery or in their text} of some photos."""
    keys = [photo.pk for photo in photos]
    in_texts = PhotoInText.objects.filter(uid=OuterRef("uid")).order_by().values("uid").annotate(n=Count("pk"))
    ways = [
        Photo.objects.filter(pk__in=keys).order_by().values_list("pk").annotate(n=Subquery(in_texts.values("n"))),
        Story.objects.filter(lead_photo__in=keys).order_by().values_list("lead_photo").annotate(n=Count("pk")),
        StoryPhoto.objects.filter(photo__in=keys).order_by().values_list("photo").annotate(n=Count("pk")),
    ]
    found = collections.Counter()
    for key, number in ways[0].union(*ways[1:], all=True).order_by():
        found[key] += number or 0
    return found
