"""What an upload is: its size, its looks, what it says of itself, and whether it is one that we take."""

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
from .near_doubles import looks
from .opening import MOST_BYTES, MOST_CUT, MOST_SCANS, SMALL, Unusable
from .said import said_by
from .scaling import unpacked

PIECE = 1_000_000  # bytes
_digest = functools.partial(hashlib.blake2b, digest_size=16)


def describe(photo, file, languages=()):
    """Give `photo` hash, size, looks and words of `file`; what an editor should know of the picture: [text].

    Words that it has in several languages are taken in the first of `languages`.

    Raises Unusable, an OSError, if it is no picture that we take.
    """
    _read_through(photo, file)
    with budget.a_turn():
        whole = unpacked(file, looks.times)
    photo.width, photo.height = whole.size
    photo.squared = looks.square(whole.image)  # not stored: `alike` looks at it again
    photo.looks = str(looks.of(photo.squared))
    if whole.missing >= MOST_CUT:
        raise Unusable(_("it is cut off: %(percent)s %% of it are missing") % {"percent": round(whole.missing * 100)})
    photo.from_file = said_by(file, languages)
    file.seek(0)
    return _remarks(whole)


def _remarks(whole):
    told = []
    if whole.moves:
        told.append(_("It moves: only its first picture is taken."))
    if whole.has_pages:
        told.append(_("It has several pages: only the first is taken."))
    if whole.missing:
        percent = math.ceil(whole.missing * 100)
        told.append(_("The file is cut off: %(percent)s %% of it are grey.") % {"percent": percent})
    elif whole.may_be_coarse:
        told.append(_("The file is cut off: look whether its picture is sharp."))
    if min(whole.size) < SMALL:
        size = f"{whole.size[0]} × {whole.size[1]}"
        told.append(_("It has only %(size)s pixels: is there a larger one?") % {"size": size})
    return told


def _read_through(photo, file):
    """Hash and size of the file; raises Unusable if it is too large, or costs too much to unpack."""
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
    """Tell a photo's size and looks from its stored file anew. Raises OSError where it is missing or broken."""
    with default_storage.open(photo.file.name) as file:
        fresh = Photo(width=photo.width, height=photo.height)
        describe(fresh, file)
    if fresh.hash != photo.hash:
        raise Unusable(_("it is another file than the one that was taken in"))
    photo.width, photo.height, photo.looks, photo.file_size = fresh.width, fresh.height, fresh.looks, fresh.file_size


def is_missing(photo):
    """Whether the original is gone, empty or cut. Of a storage that does not answer, nobody can say so."""
    try:
        size = default_storage.size(photo.file.name)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return size == 0 or photo.file_size not in (None, size)


def is_broken(photo):
    """Whether the original is missing, or is not the file that was taken in; reads the whole of it."""
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
    """Whether it is gone from this machine's disk. Lists ask this, since a bucket takes a request for every row."""
    return isinstance(default_storage, FileSystemStorage) and is_missing(photo)


def unnamed():
    """The names of stored originals that no row names: a run was killed before it wrote the row, or a row is gone."""
    try:
        _folders, stored = default_storage.listdir(ORIGINALS)
    except FileNotFoundError:
        return []
    names = {f"{ORIGINALS}/{name}" for name in stored if not name.startswith(".")}
    for model in (Photo, FormerFile):
        names.difference_update(model.objects.values_list("file", flat=True).iterator())
    return sorted(names)


def put(name, path):
    """Copy a file into the media storage under exactly this name, unless its bytes are there already."""
    content = path.read_bytes()
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if there.read() == content:
                return
        default_storage.delete(name)
    with path.open("rb") as file:
        default_storage.save(name, File(file))
