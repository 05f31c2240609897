"""Which photos readers may get."""

from django.db.models import Exists, OuterRef

from articles.models import Photo, Story
from articles.models.photo import shown_beside_stories


def shown(at):
    """Photos that readers may get: a live page shows them, and their rights have not ended."""
    return placed(at).usable(at)


def placed(at):
    """Photos on something that readers can see, even if their rights have ended."""
    live = Story.objects.live(at)
    return Photo.objects.filter(
        Exists(live.filter(lead_photo=OuterRef("pk")))
        | Exists(live.filter(gallery__photo=OuterRef("pk")))
        | Exists(live.filter(photos_in_text__uid=OuterRef("uid")))
        | shown_beside_stories()
    )
