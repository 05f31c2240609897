"""The style sheet of readers' pages: one file for each edition, so that a page waits for one answer only.

It is static/shared.css and static/site/site.css, without what stands there for people, and the edition's own colours
after them. Its name changes with its bytes, so that browsers may keep it for ever.
"""

import functools
import hashlib
import os
import pathlib
import re

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

SHEETS = ("shared.css", "site/site.css")
_FOR_PEOPLE = re.compile(r"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
_FILE = re.compile(r'url\("(site/[^"]+)"\)')


def address(edition):
    return reverse("edition_style", args=[name(edition)])


def name(edition):
    return f"{edition.slug}-{_digest(edition.colours, _changes())}"


def hint(edition):
    """The value of a Link header, by which a browser asks for the sheet before it has read a word of the page."""
    return f"<{address(edition)}>; rel=preload; as=style"


def sheet(edition):
    return _look(_changes()) + edition.colours


def _changes():
    """When the files were last changed: a sheet that somebody works on is read anew."""
    return tuple(os.stat(path).st_mtime_ns for path in _paths())


@functools.cache
def _paths():
    return [str(settings.ROOT / "static" / name) for name in SHEETS]


@functools.lru_cache(1)
def _look(changes):
    text = "\n".join(pathlib.Path(path).read_text() for path in _paths())
    return _FILE.sub(lambda match: f'url("{static(match[1])}")', _FOR_PEOPLE.sub("", text))


@functools.lru_cache(100)
def _digest(colours, changes):
    return hashlib.blake2b((_look(changes) + colours).encode(), digest_size=6).hexdigest()
