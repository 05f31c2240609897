"""The row of an imported photo, and its file in the storage."""

import hashlib
import pathlib

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from articles import photos
from articles.models import Photo
from articles.models.photo import LONGEST_SIDES, original_name

MEASURED = ("hash", "file_size", "width", "height", "looks", "from_file")


def new_photo(picture):
    """A new row for the library, without texts: these are in its layers."""
    known = photos.Rendition.parse(pathlib.PurePosixPath(picture.file).name)  # an address of ours contains the hash
    width, height = picture.width or 1600, picture.height or 1067
    photo = Photo(
        uid=picture.uid,
        hash=known.hash if known else stand_in(picture),
        width=max(width, -(-height // LONGEST_SIDES)),
        height=max(height, -(-width // LONGEST_SIDES)),
    )
    photo.file.name = original_name(photo, pathlib.PurePosixPath(picture.file).name)
    return photo


def stand_in(picture):
    """The placeholder for the hash of a missing file, so that the picture has an address already."""
    return hashlib.blake2b(picture.uri.encode(), digest_size=16).hexdigest()


def is_waiting(photo, picture):
    return photo.hash == stand_in(picture)


def put(photo, path, remark="", *, is_replaced=False):
    """Measure and store a picture's file, if there is one. Returns the remarks, as one text."""
    if path is None:
        return remark
    before = {name: getattr(photo, name) for name in MEASURED}
    try:
        with path.open("rb") as file:
            file_remarks = photos.describe(photo, file, photos.languages())
            if photo.hash == before["hash"]:
                return remark
            name = original_name(photo, path.name)
            if not is_replaced:
                default_storage.delete(name)  # left by a run that stopped before its row was stored
            photo.file.name = default_storage.save(name, File(file))
    except OSError as error:
        for name, value in before.items():
            setattr(photo, name, value)
        return _("a photo that we cannot use: %(error)s") % {"error": error}
    same = Photo.objects.filter(hash=photo.hash).exclude(uid=photo.uid).first()
    twice = _("a photo whose file is also that of “%(photo)s”") % {"photo": same} if same else ""
    return "; ".join(filter(None, [remark, twice, *file_remarks]))


def locked(photo):
    """The photo locked and read again, with the measurements of its new file."""
    fresh = Photo.objects.select_for_update().get(pk=photo.pk)
    for name in (*MEASURED, "file"):
        setattr(fresh, name, getattr(photo, name))
    return fresh
