"""The style sheet of readers' pages: one file for each edition, so that a page waits for one answer only.

It is static/shared.css and static/site/site.css, without what stands there for people, and the edition's own colours
after them. Its name changes with its bytes, so that browsers may keep it for ever.
"""

import functools
import hashlib
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
    return f"{edition.slug}-{_digest(sheet(edition))}"


def hint(edition):
    """The value of a Link header, by which a browser asks for the sheet before it has read a word of the page."""
    return f"<{address(edition)}>; rel=preload; as=style"


def sheet(edition):
    return _look() + edition.colours


def _look():
    paths = [settings.ROOT / "static" / name for name in SHEETS]
    return _joined(*((path, path.stat().st_mtime_ns) for path in paths))


@functools.lru_cache(1)
def _joined(*files):
    """`files`: (path, time of its last change), so that a sheet somebody works on is read anew."""
    text = "\n".join(path.read_text() for path, _changed in files)
    return _FILE.sub(lambda match: f'url("{static(match[1])}")', _FOR_PEOPLE.sub("", text))


@functools.lru_cache(100)
def _digest(text):
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
