"""The script of readers' pages: one file, so that a page waits for one answer only.

Each part of it (static/site/) minds one thing of a page and stands in a block of its own, so that parts do not know
each other's names. A part begins by asking for its element, and does nothing on a page that has none.
"""

import re

from django.conf import settings

# First what may change before the page is painted.
PARTS = ("recommended", "visits", "place", "pages", "reading", "share", "print", "near")
_FOR_PEOPLE = re.compile(r"/\*.*?\*/\s*|(?<=\n)\s+", re.DOTALL)  # no text of a script goes over several lines


def joined():
    texts = ((settings.ROOT / "static" / "site" / f"{name}.js").read_text() for name in PARTS)
    return "".join(f"{{\n{_FOR_PEOPLE.sub('', text)}}}\n" for text in texts).encode()
