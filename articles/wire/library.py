"""Pictures that come with stories: found in their folder, measured, put into the library once."""

import hashlib
import pathlib
import urllib.parse

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from articles import photos
from articles.models import Photo
from articles.models.photo import LONGEST_SIDES, original_name

TEXTS = [
    "caption", "alt", "long_description", "photographer", "agency", "copyright", "usage_terms", "web_statement",
    "digital_source_type", "place", "people", "keywords",
]  # fmt: skip


def take_in(pictures, folder):
    """The library's Photo for each Picture, by uid; those that are new are stored with their file, if it is there.

    Files are read before anything is written, so that no transaction waits for a picture. What is in the library
    stays as it is, but for a file that was missing. Returns (new, mended, remarks by uid); new and mended are unsaved.
    """
    wanted = {picture.uid: picture for picture in pictures}
    known = {photo.uid: photo for photo in Photo.objects.filter(uid__in=wanted)}
    new, mended, remarks = [], [], {}
    for uid, picture in wanted.items():
        path, remark = _find(picture.file, folder)
        photo = known.get(uid)
        if photo is None:
            photo = _photo(picture)
            new.append(photo)
            remark = _put(photo, path) if path else remark
        elif path and photo.hash == _stand_in(picture):
            remark = _put(photo, path)
            mended.append(photo)
        if remark:
            remarks[uid] = remark
    return new, mended, remarks


def _find(written, folder):
    """(path, remark): the file within `folder` that a source calls by path or address."""
    if folder is None or not written:
        return None, ""
    relative = urllib.parse.unquote(urllib.parse.urlsplit(written).path if "://" in written else written)
    if "\0" in relative or ".." in pathlib.PurePosixPath(relative).parts:
        return None, _("a photo outside the folder of photos")
    for name in (relative.lstrip("/"), pathlib.PurePosixPath(relative).name):
        path = (folder / name).resolve()
        if name and path.is_relative_to(folder.resolve()) and path.is_file():
            return path, ""
    return None, _("a photo whose file is missing")


def _photo(picture):
    """A row for the library, of what came with the story alone."""
    known = photos.Rendition.parse(pathlib.PurePosixPath(picture.file).name)  # an address of ours tells the hash
    width, height = picture.width or 1600, picture.height or 1067
    longest = LONGEST_SIDES
    photo = Photo(
        uid=picture.uid,
        hash=known.hash if known else _stand_in(picture),
        width=max(width, -(-height // longest)),
        height=max(height, -(-width // longest)),
        rights_end_at=picture.rights_end_at,
        taken_at=picture.taken_at,
        is_decorative=picture.is_decorative,
        focal_x=picture.focus[0],
        focal_y=picture.focus[1],
    )
    photo.file.name = original_name(photo, pathlib.PurePosixPath(picture.file).name)
    for name in TEXTS:
        setattr(photo, name, fitting(Photo, name, getattr(picture, name)))
    photo.title = fitting(Photo, "title", photo.caption) or _("Photo")
    return photo


def _stand_in(picture):
    """What stands for the hash of a file that is not there, so that the picture has an address already."""
    return hashlib.blake2b(picture.uri.encode(), digest_size=16).hexdigest()


def _put(photo, path):
    """Measure and store a picture's file; a remark where it is none that we take."""
    written = {name: getattr(photo, name) for name in TEXTS}
    try:
        with path.open("rb") as file:
            photos.describe(photo, file)
            photos.fill(photo, path.name)
            photo.file.name = original_name(photo, path.name)
            default_storage.delete(photo.file.name)  # of a run that was broken off before its row was written
            photo.file.name = default_storage.save(photo.file.name, File(file))
    except OSError as error:
        return _("a photo that we cannot use: %(error)s") % {"error": error}
    for name, value in written.items():
        if value:
            setattr(photo, name, value)
    return ""


def fitting(model, name, value):
    """A text as a field of a model keeps it, cut at the field's end."""
    field = model._meta.get_field(name)
    return field.to_python(value)[: field.max_length]
