"""Uploaded wire files between the steps of importing.py.

They wait under VAR/imports for their user, for an hour. The folder has a random name, known only from a signed token.
"""

import contextlib
import itertools
import secrets
import shutil
import time
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext

from articles.wire import formats
from articles.wire.streams import files
from articles.wire.values.item import Refusal

from . import import_photos

LARGEST = 50_000_000  # bytes of all files, before and after unpacking
MOST = 1_000  # items; takes a second, or ten if all update stories: a proxy does not wait much longer
MOST_FILES = 20
LASTS = 3_600  # seconds between the steps
SALT = "articles.admin.story.importing"


class Sent(NamedTuple):
    """The waiting files and the options of the import; the whole content of the token."""

    name: str
    called: list[str]  # their names on the user's computer, only for display
    user: int
    edition: int
    released: bool

    @property
    def path(self):
        return _folder() / self.name

    @property
    def photos(self):
        """The folder of the uploaded pictures; None without any."""
        folder = _folder() / f"{self.name}.photos"
        return folder if folder.is_dir() else None

    @property
    def token(self):
        return signing.dumps(self, salt=SALT, compress=True)


def opened(token):
    """The Sent of a token. Raises BadSignature if it is forged or too old."""
    return Sent(*signing.loads(token, salt=SALT, max_age=LASTS))


class FilesField(forms.FileField):
    """One file or several, as a list."""

    widget = import_photos.PicturesInput

    def clean(self, data, initial=None):
        uploads = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(gettext("More than %(most)s at once.") % {"most": MOST_FILES})
        if sum(upload.size for upload in uploads) > LARGEST:
            raise forms.ValidationError(too_large())
        return uploads


def keep(uploads, user, edition, released, pictures=()):
    """Store the uploads, unpacked, and their pictures for the next step.

    Raises Refusal if they are too large, too long or in an unknown format.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    called = [upload.name[:100] for upload in uploads]
    sent = Sent(secrets.token_hex(16), called, user.pk, edition.pk, released)
    try:
        sent.path.mkdir()
        _copy(uploads, sent, edition.zone)
        if pictures:
            import_photos.keep(pictures, folder / f"{sent.name}.photos")
    except BaseException:
        shutil.rmtree(sent.path, ignore_errors=True)
        drop_photos(sent)
        raise
    return sent


def paths(sent, folder):
    """{display name: path}. A single file has the name ""; equal names get numbers."""
    if len(sent.called) == 1:
        return {"": folder / "0"}
    return {
        f"{name} ({number})" if sent.called.count(name) > 1 else name: folder / str(number - 1)
        for number, name in enumerate(sent.called, 1)
    }


def _copy(uploads, sent, zone):
    """Store the uploads unpacked, so that their real size is counted."""
    size = count = 0
    for number, upload in enumerate(uploads):
        path = sent.path / str(number)
        size += _unpack(upload, path, LARGEST - size)
        with path.open("rb") as file:
            count += sum(1 for _entry in itertools.islice(formats.entries(file, zone), MOST + 1 - count))
        if count > MOST:
            raise Refusal(
                gettext("It holds more than %(most)s stories: “manage.py ingest” takes them in.") % {"most": MOST}
            )


def _unpack(upload, path, most):
    """Returns the number of bytes."""
    source, size = files.unpacked(upload.file), 0
    with path.open("xb") as file:
        while part := source.read(1 << 16):
            size += len(part)
            if size > most:
                raise Refusal(too_large())
            file.write(part)
    return size


def too_large():
    message = gettext("It is larger than %(most)s megabytes: “manage.py ingest” takes it in.")
    return message % {"most": LARGEST // 10**6}


def _sweep(folder):
    """Delete abandoned files."""
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process deleted it
            if path.stat().st_mtime < time.time() - LASTS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def drop_photos(sent):
    if sent.photos:
        shutil.rmtree(sent.photos)


def _folder():
    return settings.VAR / "imports"
