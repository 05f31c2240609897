"""Near doubles: photos of the library that are a copy, a crop or a mirror of another."""

from django.core.files.storage import default_storage

from articles.models import Photo

from . import budget, likeness, looks
from .scaling import unpacked


def alike(photo, most=6):
    """Photos of which this one is a near double, nearest first: [Photo].

    A photo that was just described is known still; of any other the stored file is read. Raises OSError if it is gone.
    """
    if not photo.looks:
        return []
    searched = likeness.Searched(getattr(photo, "squared", None) or _squared(photo), photo.width / photo.height)
    others = Photo.objects.exclude(pk=photo.pk).exclude(looks="").values_list("pk", "looks", "width", "height")
    near = []
    for pk, text, width, height in others.iterator():
        other = looks.Looks.parse(text)
        far = searched.distance(other, width / height) if other else None
        if far is not None:
            near.append((far, pk))
    pks = [pk for _far, pk in sorted(near)[:most]]
    found = Photo.objects.in_bulk(pks)
    return [found[pk] for pk in pks]


def _squared(photo):
    with budget.a_turn(), default_storage.open(photo.file.name) as file:
        return looks.square(unpacked(file, looks.times).image)
