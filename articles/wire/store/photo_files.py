"""The files of photos that come by wire: looked for in one folder, and never outside it."""

import os
import pathlib
import urllib.parse

from django.utils.translation import gettext as _

SEVERAL = object()  # in place of one


class PhotoFiles:
    """A folder of photos, for one run. None: no file is looked for, and none is missed.

    A file is taken by the path that its source names, once: where two sources name one path, the second is told. By
    its bare name it is taken only if no other file of the folder is called so, and no other photo asks for that name;
    that is told. `is_dry`: nothing is taken, but what would be told is.
    """

    def __init__(self, folder, *, is_dry=False):
        self.folder, self.is_dry = folder and folder.resolve(), is_dry
        self.asked = {}  # bare name → the photo that asks for it, or SEVERAL
        self.given = {}  # path → the photo that has it
        self.wrong = set()  # photos that got a file by a name which another photo asks for, too, as it turned out
        self._by_name_given, self._found = {}, None

    def expect(self, pictures):
        """Know of photos before the first of them is looked for: two may ask for one name."""
        if self.folder is None:
            return
        for picture in pictures:
            for name in filter(None, (_bare(written) for written in _written(picture))):
                if self.asked.setdefault(name, picture.uid) != picture.uid:
                    self.asked[name] = SEVERAL
                    self.wrong.update(self._by_name_given.pop(name, ()))

    def find(self, picture):
        """(path, remark) of a picture's file; (None, "") where none is looked for."""
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
    """How its source calls its file, the best first."""
    return [written for written in (picture.file, *picture.other_files) if written]


def _relative(written):
    try:
        return urllib.parse.unquote(urllib.parse.urlsplit(written).path if "://" in written else written)
    except ValueError:  # the address is none
        return ""


def _bare(written):
    return pathlib.PurePosixPath(_relative(written)).name


def _is_file(path):
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for any file
        return False
