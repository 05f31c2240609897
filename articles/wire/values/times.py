"""Times as the wire writes them. Nothing is guessed. Pure.

It reads ISO 8601 in any precision, RFC 822 and 850, asctime, JavaScript's format, and dates with English or Indonesian
month names: "Kamis, 19 Oktober 2023 | 20.05 WIB". The name of the weekday is ignored. A numeric month is read only
after its year, because "3/4" is ambiguous, or with an Indonesian weekday or zone: "Kamis, 19/10/2023 20:05 WIB".
"""

import datetime
import functools
import re
import zoneinfo

EARLIEST, LATEST = 1900, 2199
LONGEST = 100  # characters of a date

_MONTHS = [
    "jan january januari", "feb february februari pebruari peb", "mar march maret mrt", "apr april", "may mei",
    "jun june juni", "jul july juli", "aug august agu agt ags agst agustus", "sep sept september",
    "oct october okt oktober", "nov november nop nopember", "dec december des desember",
]  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
# Zones of RFC 822, of Indonesian law, and others with only one meaning. "IST" is missing: India, Ireland and Israel.
_ZONES = {
    0: "UTC GMT UT Z ZULU WET", 1: "CET WEST BST", 2: "CEST EET SAST", 3: "EEST MSK", 7: "WIB ICT",
    8: "WITA SGT MYT HKT PHT AWST", 9: "WIT JST KST", 9.5: "ACST", 10: "AEST", 10.5: "ACDT", 11: "AEDT", 12: "NZST",
    13: "NZDT", -4: "EDT", -5: "EST CDT", -6: "CST MDT", -7: "MST PDT", -8: "PST",
}  # fmt: skip
ZONES = {
    name: datetime.timezone(datetime.timedelta(hours=hours))
    for hours, names in _ZONES.items()
    for name in names.split()
}
_INDONESIAN = {"senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad", "wib", "wita", "wit"}
_FILLERS = {"at", "on", "pukul", "jam", "tanggal", "tgl"}
_TOKEN = re.compile(
    r"""(?P<comment>\([^()]*\)|\[[^\[\]]*\])
    |(?P<offset>[+-]\d{1,2}(?::?\d\d)?(?!\d))
    |(?P<day>(?<!\d)\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d))
    |(?P<dmy>(?<!\d)\d{1,2}(?P<sign>[-/.])\d{1,2}(?P=sign)\d{4}(?!\d))
    |(?P<time>(?<!\d)\d{1,2}(?::\d\d(?::\d\d(?:[.,]\d+)?)?|\.\d\d(?:\.\d\d)?)(?!\.?\d))
    |(?P<half>[ap]\.?m\b\.?)
    |(?P<between>[\s,.|–—+-]|(?<=\d)T(?=\d))
    |(?P<word>[^\W\d_]+(?:/[A-Za-z0-9_+-]+)*)
    |(?P<number>\d+)""",
    re.X | re.I,
)
_TIME = re.compile(r"(\d+)[:.](\d+)(?:[:.](\d+)(?:[.,](\d+))?)?")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?")


class UnknownZone(ValueError):
    """The date is valid but its time zone is unknown. The text of the error is the zone's name."""


def parse_datetime(written, zone):
    """(aware time, has_zone) of a date. A date without a zone is read in `zone`.

    (None, True) for an empty text. Raises ValueError if it is not a date, or outside the years 1900 to 2199, and its
    subclass UnknownZone if the name of its zone is unknown.
    """
    written = (written or "").strip()
    if not written:
        return None, True
    if len(written) > LONGEST:
        raise ValueError(written[:LONGEST])
    parsed = _parsed(written)
    if not EARLIEST <= parsed.year <= LATEST:
        raise ValueError(written)
    if parsed.tzinfo:
        return parsed, True
    return parsed.replace(tzinfo=zone), False


@functools.lru_cache(1_000)
def _parsed(written):
    """The time, with or without its zone. An item has most of its times several times, which are one object then."""
    try:
        return datetime.datetime.fromisoformat(written)
    except ValueError:
        return _Written(written).parse()


class _Written:
    """Parses a date in words and numbers. `parse` raises ValueError if it is not a date."""

    def __init__(self, written):
        self.written = written
        self.year, self.month, self.day, self.time, self.half = None, None, None, None, ""
        self.numbers, self.zone, self.comment, self.unknown, self.is_first = [], None, "", "", True
        self.is_indonesian, self.has_day_first = False, False

    def parse(self):
        place, text = 0, self.written.replace("\N{MINUS SIGN}", "-")
        while place < len(text):
            token = _TOKEN.match(text, place)
            if not token:
                raise ValueError(self.written)
            place = token.end()
            if token.lastgroup == "offset" and self.time is None:  # "19-Oct-23"
                place = token.start() + 1
            elif token.lastgroup != "between":
                getattr(self, f"_{token.lastgroup}")(token[0])
                self.is_first = False
        self._settle()
        if self.unknown and self.zone is None:
            self._made(None)
            raise UnknownZone(self.unknown)
        return self._made(self.zone)

    def _comment(self, text):
        self.comment = text[1:-1].strip()

    def _offset(self, text):
        sign, hours, minutes = _OFFSET.fullmatch(text).groups()
        offset = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset > datetime.timedelta(hours=15) or int(minutes or 0) > 59:
            raise ValueError(self.written)
        self.zone = datetime.timezone(-offset if sign == "-" else offset)

    def _day(self, text):
        self._once(self.month)
        self.year, self.month, self.day = map(int, re.split("[-/]", text))

    def _dmy(self, text):
        self._once(self.month)
        self.day, self.month, self.year = map(int, re.split("[-/.]", text))
        self.has_day_first = True

    def _time(self, text):
        self._once(self.time)
        hour, minute, second, fraction = _TIME.fullmatch(text).groups()
        self.time = int(hour), int(minute), int(second or 0), int((fraction or "")[:6].ljust(6, "0"))

    def _half(self, text):
        self.half = text[0].lower()

    def _word(self, text):
        name = text.lower()
        self.is_indonesian |= name in _INDONESIAN
        if name in MONTHS and self.month is None:
            self.month = MONTHS[name]
        elif zone := _zone(text):
            self.zone = self.zone or zone
        elif self.time is not None and name not in _FILLERS:
            self.unknown = f"{self.unknown} {text}".strip()
        elif not self.is_first and name not in _FILLERS:
            raise ValueError(self.written)

    def _number(self, text):
        if len(text) not in (1, 2, 4):
            raise ValueError(self.written)
        self.numbers.append(text)

    def _once(self, known):
        if known is not None:
            raise ValueError(self.written)

    def _settle(self):
        """Set day and year if the month is a name, and the zone if only a comment in brackets names it."""
        if self.day is None:
            if self.month is None or len(self.numbers) != 2:
                raise ValueError(self.written)
            day, year = self.numbers if len(self.numbers[0]) < 4 else reversed(self.numbers)
            self.day, self.year = int(day), int(year)
            if len(year) < 4:
                self.year += 2000 if self.year < 69 else 1900
        elif self.numbers or (self.has_day_first and not self.is_indonesian):
            raise ValueError(self.written)
        if self.zone is None and self.comment and self.time:
            self.zone = _zone(self.comment)
            if _ABBREVIATION.fullmatch(self.comment):
                self.unknown = self.unknown or self.comment

    def _made(self, zone):
        hour, minute, second, fraction = self.time or (0, 0, 0, 0)
        if self.half:
            if not 1 <= hour <= 12:
                raise ValueError(self.written)
            hour = hour % 12 + 12 * (self.half == "p")
        later = datetime.timedelta(seconds=second == 60, days=(hour, minute, second) == (24, 0, 0))
        hour, second = (0 if later.days else hour), (59 if second == 60 else second)  # a leap second
        try:
            return datetime.datetime(self.year, self.month, self.day, hour, minute, second, fraction, zone) + later
        except OverflowError as error:
            raise ValueError(self.written) from error


@functools.lru_cache(1_000)
def _zone(name):
    """A zone by its abbreviation or its IANA name ("Asia/Makassar"); None if unknown."""
    if zone := ZONES.get(name.upper()):
        return zone
    try:
        return zoneinfo.ZoneInfo(name) if "/" in name else None
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None
