"""Repairs that all readers share: they make texts plain, find a headline, give dates a zone. Pure.

Each repair adds a remark, a sentence for the person who sent the item.
"""

import datetime
import html
import re

from django.utils.translation import gettext as _

from articles.text import body, letters

from . import times
from .item import Refusal

LONGEST = 5_000  # characters of a one-line text: the time to remove tags grows with the square of the length
_IN_HTML_ALONE = re.compile(
    r"</?(?:a|b|br|em|font|h[1-6]|i|mark|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>|&(?:#\d+|#x[\da-f]+|[a-z]\w+);",
    re.I,
)
_NO_SECTION = {  # as slugs
    "uncategorized", "uncategorised", "tak-berkategori", "tanpa-kategori", "tidak-berkategori", "tak-terkategori",
    "tidak-terkategori", "no-category", "none",
}  # fmt: skip
MOST_WORDS, MOST_LETTERS = 12, 100  # of a headline made of the body


def plain(written):
    """One line of text, without tags and entities; "" if the value is not a text."""
    if not isinstance(written, str):
        return ""
    return letters.line(body.text(written[:LONGEST]))


def title_html(written):
    """HTML of a title that should be plain text. A title with tags or entities stays as it is, others are escaped."""
    return written if _IN_HTML_ALONE.search(written) else html.escape(written, quote=False)


def headline(title, our_html, remarks):
    """The title, or the first words of the body with a remark. Raises Refusal if both are empty."""
    if headline_text := plain(title):
        return headline_text
    words = plain(our_html).split()
    if not words:
        raise Refusal(_("It has neither a title nor a text."))
    remarks.append(_("It has no title: the first words of its text stand in."))
    first = " ".join(words[:MOST_WORDS])
    return first if len(words) <= MOST_WORDS and len(first) <= MOST_LETTERS else first[:MOST_LETTERS].rstrip() + " …"


def is_no_section(name):
    """Whether a name or slug means "no section", such as "Uncategorized"."""
    return letters.spelt(name) in _NO_SECTION


def parse_datetime(written, zone, remarks):
    """The time of a date that times.py can read, or of milliseconds since 1970; None if there is none.

    An invalid date adds a remark; the reader then keeps the story a draft.
    """
    if not isinstance(written, str | int) or isinstance(written, bool):
        written = "" if written is None else "?"
    try:
        if isinstance(written, int) or re.fullmatch(r"-?\d{11,15}", written):
            return _since_1970(int(written))
        at, has_zone = times.parse_datetime(written, zone)
    except times.UnknownZone as error:
        params = {"date": plain(str(written))[:50], "zone": str(error)[:50]}
        remarks.append(_("The time zone “%(zone)s” of “%(date)s” is not known: the story stays a draft.") % params)
        return None
    except (ValueError, OverflowError):
        remarks.append(_("“%(date)s” is no date: the story stays a draft.") % {"date": plain(str(written))[:50]})
        return None
    if not has_zone:
        params = {"date": plain(written)[:50], "zone": zone}
        remarks.append(_("The date “%(date)s” names no time zone: %(zone)s is assumed.") % params)
    return at


def _since_1970(milliseconds):
    at = datetime.datetime.fromtimestamp(0, datetime.UTC) + datetime.timedelta(milliseconds=milliseconds)
    if not times.EARLIEST <= at.year <= times.LATEST:
        raise ValueError(milliseconds)
    return at
