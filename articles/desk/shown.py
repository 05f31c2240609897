"""What a page's scripts are told of a row that a chooser offers or that is chosen.

Its name, what tells it from rows of the same name, and of a photo its words and pictures.
"""

import json

from django.urls import reverse

from articles import photos
from articles.models import Photo

from .labels import label

PHOTO_WORDS = ["caption", "alt", "is_decorative", "agency", "photographer"]  # what the form of a story may change


def of(row, words=None):
    """`row` was read with the details of its label (labels.with_details), or the name stands alone.

    `words`: its label, if it is known.
    """
    name = str(row)
    detail = (words or label(row)).removeprefix(name).removeprefix(" · ")
    told = {"id": str(row.pk), "name": name, "detail": detail}
    return {**told, **_photo(row)} if isinstance(row, Photo) else told


def _photo(photo):
    is_missing = photos.is_missing_here(photo)
    return {
        "uid": str(photo.uid),
        "title": photo.title,
        **{name: getattr(photo, name) for name in PHOTO_WORDS},
        "credit": photo.credit,
        "thumbnail": "" if is_missing else photos.address(photo, "4x3", 320, "webp"),
        "picture": "" if is_missing else photos.address(photo, "full", 960, "webp"),
        "width": photo.width,
        "height": photo.height,
        "words": reverse("admin:articles_photo_words", args=[photo.pk]),
    }


def as_attribute(row, words):
    return json.dumps(of(row, words), separators=(",", ":"), ensure_ascii=False)
