"""Reading an upload: its size, perceptual hash and metadata, and whether it is accepted."""

import functools
import hashlib
import io
import math

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from articles.models import FormerFile, Photo
from articles.models.photo import ORIGINALS

from . import budget
from .file_metadata import read_metadata
from .near_doubles import looks
from .opening import MOST_BYTES, MOST_CUT, MOST_SCANS, SMALL, Unusable
from .scaling import unpacked

PIECE = 1_000_000  # bytes
_digest = functools.partial(hashlib.blake2b, digest_size=16)


def describe(photo, file, languages=()):
    """Set hash, size, perceptual hash and metadata of `photo` from `file`. Returns remarks for the editor: [text].

    Texts in several languages are taken in the first of `languages`.

    Raises Unusable, an OSError, if the file is not an acceptable picture.
    """
    _read_through(photo, file)
    with budget.a_turn():
        whole = unpacked(file, looks.times)
    photo.width, photo.height = whole.size
    photo.squared = looks.square(whole.image)  # not stored: `alike` compares it
    photo.looks = str(looks.of(photo.squared))
    if whole.missing >= MOST_CUT:
        raise Unusable(_("it is cut off: %(percent)s %% of it are missing") % {"percent": round(whole.missing * 100)})
    photo.from_file = read_metadata(file, languages)
    file.seek(0)
    return _remarks(whole)


def _remarks(whole):
    remarks = []
    if whole.moves:
        remarks.append(_("It moves: only its first picture is taken."))
    if whole.has_pages:
        remarks.append(_("It has several pages: only the first is taken."))
    if whole.missing:
        percent = math.ceil(whole.missing * 100)
        remarks.append(_("The file is cut off: %(percent)s %% of it are grey.") % {"percent": percent})
    elif whole.may_be_coarse:
        remarks.append(_("The file is cut off: look whether its picture is sharp."))
    if min(whole.size) < SMALL:
        size = f"{whole.size[0]} × {whole.size[1]}"
        remarks.append(_("It has only %(size)s pixels: is there a larger one?") % {"size": size})
    return remarks


def _read_through(photo, file):
    """Hash and size of the file. Raises Unusable if it is too large or too expensive to decode."""
    photo.file_size = file.seek(0, io.SEEK_END)
    if photo.file_size > MOST_BYTES:
        raise Unusable(_("it is larger than %(most)s megabytes") % {"most": MOST_BYTES // 1_000_000})
    file.seek(0)
    hashed, scans, before = _digest(), 0, b""
    is_jpeg = file.read(2) == b"\xff\xd8"
    file.seek(0)
    while piece := file.read(PIECE):
        hashed.update(piece)
        scans += (before + piece).count(b"\xff\xda")
        before = piece[-1:]
    if is_jpeg and scans > MOST_SCANS:
        raise Unusable(_("it has too many scans"))
    photo.hash = hashed.hexdigest()


def measure(photo):
    """Set a photo's size and perceptual hash from its stored file. Raises OSError if that is missing or broken."""
    with default_storage.open(photo.file.name) as file:
        fresh = Photo(width=photo.width, height=photo.height)
        describe(fresh, file)
    if fresh.hash != photo.hash:
        raise Unusable(_("it is another file than the one that was taken in"))
    photo.width, photo.height, photo.looks, photo.file_size = fresh.width, fresh.height, fresh.looks, fresh.file_size


def is_missing(photo):
    """Whether the original is gone, empty or cut. False if the storage does not answer."""
    try:
        size = default_storage.size(photo.file.name)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return size == 0 or photo.file_size not in (None, size)


def is_broken(photo):
    """Whether the original is missing or has another hash; it reads the whole file."""
    if is_missing(photo):
        return True
    try:
        with default_storage.open(photo.file.name) as file:
            return photo.file_size is not None and hashlib.file_digest(file, _digest).hexdigest() != photo.hash
    except FileNotFoundError:
        return True
    except OSError:
        return False


def is_missing_here(photo):
    """Whether the file is gone from this machine's disk. Lists use it, because a bucket needs one request per row."""
    return isinstance(default_storage, FileSystemStorage) and is_missing(photo)


def unnamed():
    """Names of stored originals without a row: a process was killed before it wrote the row, or the row was deleted."""
    try:
        _folders, stored = default_storage.listdir(ORIGINALS)
    except FileNotFoundError:
        return []
    names = {f"{ORIGINALS}/{name}" for name in stored if not name.startswith(".")}
    for model in (Photo, FormerFile):
        names.difference_update(model.objects.values_list("file", flat=True).iterator())
    return sorted(names)


def put(name, path):
    """Copy a file into the media storage under exactly this name, unless the same bytes are there already."""
    content = path.read_bytes()
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if there.read() == content:
                return
        default_storage.delete(name)
    with path.open("rb") as file:
        default_storage.save(name, File(file))
