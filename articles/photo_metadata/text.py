"""Texts out of files made elsewhere: tidied, bounded, and empty where they are not what they say they are. Pure."""

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

from articles import letters

LONGEST_TEXT = 4_000
LONGEST_ADDRESS = 1_000
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_NEVER_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}]")
_SOURCE_TYPE = re.compile(r"(?:https?://cv\.iptc\.org/newscodes/digitalsourcetype/|digsrctype:)?([a-z]{3,60})/?", re.I)


def line(text, longest=LONGEST_TEXT):
    """`text` on one line, every white space one blank."""
    return " ".join(_seen(text, longest).split())[:longest].strip()


def lines(text, longest=LONGEST_TEXT):
    """`text` with its line breaks, at most one empty line in a row."""
    rows = [" ".join(row.split()) for row in _seen(text, longest).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows).strip())[:longest].strip()


def _seen(text, longest):
    """`text` in composed characters, with those that prose may hold; cut early, so that the work stays bounded."""
    sound = letters.prose(_BREAK.sub("\n", text[: longest * 4]))
    return unicodedata.normalize("NFC", sound.replace("\ufeff", ""))  # a byte order mark, within as well


def address(text):
    """A web address that is safe as a link; "" for anything else, `javascript:` among it."""
    address = line(text)
    if address.lower().startswith("www."):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and len(address) <= LONGEST_ADDRESS
    except ValueError:
        return ""
    return address if whole and not _NEVER_IN_ADDRESSES.search(address) else ""


def source_type(text):
    """A Digital Source Type as URI, also where the file has the bare name or the QCode of IPTC's NewsCodes."""
    match = _SOURCE_TYPE.fullmatch(line(text))
    return SOURCE_TYPES + match[1] if match else address(text)


def moment(text):
    """The date and time of an ISO 8601 text; naive where it names no offset, None where it names no day."""
    try:
        when = datetime.fromisoformat(line(text, 40))
    except ValueError:
        return None
    return when if 1826 <= when.year <= 2999 else None  # the first photograph; years that survive any time zone
