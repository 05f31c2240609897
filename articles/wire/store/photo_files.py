"""The files of imported photos. They are searched in one folder, and never outside it."""

import functools
import os
import pathlib
import urllib.parse

from django.utils.translation import gettext as _

SEVERAL = object()  # more than one, so none can be chosen


class PhotoFiles:
    """A folder of photos, for one run. With None no file is searched, and no file is reported missing.

    A photo gets the file at the path that its source names. If two photos name one path, the second gets a remark and
    no file. A file is found by its bare name only if no other file has that name and no other photo asks for it; this
    adds a remark. `is_dry`: no file is given, but all remarks are the same.
    """

    def __init__(self, folder, *, is_dry=False):
        self.folder, self.is_dry = folder and folder.resolve(), is_dry
        self.asked = {}  # {bare name: the photo that asks for it, or SEVERAL}
        self.given = {}  # {path: the photo that has it}
        self.wrong = set()  # photos whose file must be taken back: another photo asks for the same name
        self._by_name_given, self._found = {}, None

    def expect(self, pictures):
        """Register photos before the first search, because two may ask for one name."""
        if self.folder is None:
            return
        for picture in pictures:
            for name in filter(None, (_bare(written) for written in _written(picture))):
                if self.asked.setdefault(name, picture.uid) != picture.uid:
                    self.asked[name] = SEVERAL
                    self.wrong.update(self._by_name_given.pop(name, ()))

    def find(self, picture):
        """(path, remark) of a picture's file; (None, "") if it names none."""
        if self.folder is None or not any(_written(picture)):
            return None, ""
        self.expect([picture])
        path, remark = self._by_path(picture)
        if path is None and not remark:
            path, remark = self._by_name(picture)
        return (None if self.is_dry else path), remark

    def unused(self):
        """The names of files in the folder that no photo has asked for."""
        if self.folder is None:
            return []
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.name for path in files if path not in self.given)

    def _by_path(self, picture):
        for written in _written(picture):
            relative = _relative(written)
            if "\0" in relative or ".." in pathlib.PurePosixPath(relative).parts:
                return None, _("a photo outside the folder of photos")
            path = (self.folder / relative.lstrip("/")).resolve()
            is_by_path = "/" in relative.strip("/") or "://" not in written
            if is_by_path and path.is_relative_to(self.folder) and _is_file(path):
                if self.given.setdefault(path, picture.uid) != picture.uid:
                    return None, _("a photo whose file another photo has: two sources call it the same")
                return path, ""
        return None, ""

    def _by_name(self, picture):
        remark = _("a photo whose file is missing")
        for name in filter(None, map(_bare, _written(picture))):
            path = self._names().get(name)
            if path is None:
                continue
            if path is SEVERAL or self.asked[name] is SEVERAL:
                remark = _(
                    "a photo whose file cannot be told by its name alone: several are called so, and none has it"
                )
                continue
            path = (self.folder / path).resolve()
            if not path.is_relative_to(self.folder) or self.given.setdefault(path, picture.uid) != picture.uid:
                continue
            if not self.is_dry:
                self._by_name_given[name] = (picture.uid,)
            return path, _("a photo whose file was taken by its name alone")
        return None, remark

    def _names(self):
        """{bare name: path in the folder, or SEVERAL}, read once."""
        if self._found is None:
            self._found = {}
            for within, _folders, names in os.walk(self.folder):
                for name in names:
                    path = os.path.relpath(os.path.join(within, name), self.folder)
                    self._found[name] = SEVERAL if name in self._found else path
        return self._found


def _written(picture):
    """The file names of a picture in its source, the best first."""
    return [written for written in (picture.file, *picture.other_files) if written]


def _relative(written):
    try:
        return urllib.parse.unquote(urllib.parse.urlsplit(written).path if "://" in written else written)
    except ValueError:  # the address is invalid
        return ""


@functools.lru_cache(1_000)
def _bare(written):
    return pathlib.PurePosixPath(_relative(written)).name


def _is_file(path):
    try:
        return path.is_file()
    except (OSError, ValueError):  # the name is too long, or invalid
        return False
