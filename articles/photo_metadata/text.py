"""Texts from files made elsewhere: cleaned, bounded, and empty if they are invalid. Pure."""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit

from articles.text import letters

LONGEST_TEXT = 4_000
LONGEST_ADDRESS = 1_000
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_TYPES = """
    digitalCapture computationalCapture negativeFilm positiveFilm print minorHumanEdits humanEdits
    algorithmicallyEnhanced softwareImage digitalArt digitalCreation dataDrivenMedia trainedAlgorithmicMedia
    algorithmicMedia screenCapture virtualRecording composite compositeCapture compositeSynthetic
    compositeWithTrainedAlgorithmicMedia
"""  # https://cv.iptc.org/newscodes/digitalsourcetype/ of October 2024, with retired codes, which old files have
_NOTHING = (
    r"null|nil|none|nan|undefined|void|empty|blank|n[/.\\]a|not (?:available|applicable|specified|known)|unspecified"
    r"|unnamed|no ?name|tb[ad]|tanpa (?:nama|keterangan|judul)|kosong|tidak (?:ada|tersedia)"
    r"|(?:(?:{who}) )?(?:unknown|unbekannt|inconnu|desconocido|desconhecido|sconosciuto|onbekend"
    r"|(?:tidak|tak|belum) (?:di)?(?:ketahui|kenal))(?: (?:{who}))?"
).format(
    who="photographer|author|artist|creator|person|source|location|fotografer|pemotret|penulis|pembuat|sumber|orang|lokasi"
)

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_NEVER_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}]")
_SOURCE_TYPE = re.compile(
    r"(?:(?:https?://)?(?:www\.)?cv\.iptc\.org/newscodes/digitalsourcetype/|digsrctype:)?([a-z]{3,60})/?", re.I
)
_SOURCE_TYPE_BY_NAME = {name.casefold(): name for name in _SOURCE_TYPES.split()}
_ENDS = " \t\n.,;:-–—_/\\?*#()[]<>{}\"'“”‘’|~=+"
_SAYS_NOTHING = re.compile(_NOTHING)
_DAY = re.compile(r"(\d{4})(?:[-:/]?(\d\d)(?:[-:/]?(\d\d))?)?(?!\d)(.*)", re.DOTALL)
_HOUR = re.compile(r"(\d{4})([-:/]?)(\d\d)\2(\d\d)[T ](?=\d)(.*)", re.DOTALL)


def line(text, longest=LONGEST_TEXT):
    """`text` on one line, with single spaces."""
    return fitted(" ".join(_seen(text, longest).split()), longest)


def lines(text, longest=LONGEST_TEXT):
    """`text` with its line breaks, at most one empty line in a row."""
    rows = [" ".join(row.split()) for row in _seen(text, longest).split("\n")]
    return fitted(re.sub(r"\n{3,}", "\n\n", "\n".join(rows).strip()), longest)


def fitted(text, longest, ends=r"\s"):
    """`text`, or as many whole words of it as `longest` letters hold; a longer word is cut."""
    if len(text) <= longest:
        return text
    cut = re.search(rf"(?s).*(?={ends})", text[: longest + 1])
    words = cut[0].rstrip(" \n\t,;") if cut else ""
    return words if len(words) > longest // 2 else text[:longest].strip()


def _seen(text, longest):
    """`text` in composed characters, without those that prose must not have; cut early, so that the work is bounded."""
    sound = letters.prose(_BREAK.sub("\n", text[: longest * 4]))
    return unicodedata.normalize("NFC", sound.replace("\ufeff", ""))  # a byte order mark, anywhere


def says_nothing(text):
    """Whether a text is a placeholder: "null", "n/a", "tidak diketahui", a dash."""
    plain = " ".join(text[:60].strip(_ENDS).casefold().split())
    return len(text) < 60 and (not plain or bool(_SAYS_NOTHING.fullmatch(plain)))


def address(text):
    """A web address that is safe as a link; "" for anything else, such as `javascript:`."""
    address = " ".join(_seen(text, LONGEST_ADDRESS).split())
    if address.lower().startswith("www."):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and len(address) <= LONGEST_ADDRESS
    except ValueError:
        return ""
    return address if whole and not _NEVER_IN_ADDRESSES.search(address) else ""


def source_type(text):
    """The URI of a Digital Source Type of IPTC's list, from a URI, a bare name or a QCode; else ""."""
    match = _SOURCE_TYPE.fullmatch(line(text))
    name = _SOURCE_TYPE_BY_NAME.get(match[1].casefold()) if match else None
    return SOURCE_TYPES + name if name else ""


def date_time(text):
    """The date and time of a text in ISO 8601 or EXIF format; naive if it names no offset.

    None if the text has no day or no hour: a day alone is read by `day`, and does not become midnight.
    """
    match = _HOUR.fullmatch(line(text, 40))
    if not match:
        return None
    year, _, month, number, hour = match.groups()
    try:
        when = datetime.fromisoformat(f"{year}-{month}-{number}T{re.sub(r'\s+', '', hour)}")
    except ValueError:
        return None
    return when if _is_plausible(when.year) else None


def day(text):
    """The day of a text without a valid hour, as "2023-10-19"; "2023-10" or "2023" if it names less."""
    match = _DAY.fullmatch(line(text, 40))
    if not match or not _is_plausible(int(match[1])) or (match[4] and not match[4].startswith(("T", " "))):
        return ""
    parts = [match[1]]
    for part in match.group(2, 3):
        if not int(part or 0):
            break
        parts.append(part)
    try:
        date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        return ""
    return "-".join(parts)


def _is_plausible(year):
    return 1826 <= year <= 2999  # the first photograph; years that survive any time zone
