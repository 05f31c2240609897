"""What is doubtful in a story, and which marks of unfinished work it holds. Pure: words and dates in, tuples out.

A doubt is no error: a person who knows better overrules it by its key. Where a check cannot tell, it is silent.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from .slips import slips

COUNTED = ("headline", "short_headline", "standfirst")  # where "Hari Ke-603" is the day of the running story
INDONESIAN_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ENGLISH_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_NAMES = """
januari january jan
februari february feb
maret march mar
april apr
mei may
juni june jun
juli july jul
agustus august agu agt ags aug
september sept sep
oktober october okt oct
november nov
desember december des dec
"""
MONTHS = {name: number for number, line in enumerate(_MONTH_NAMES.split("\n")) for name in line.split()}

_GAP, _SOME = r"[\s\xa0]{0,3}", r"[\s\xa0]{1,3}"
_ANY_DAY = (
    r"(?:senin|selasa|rabu|kamis|jum['’‘`]?at|sabtu|(?-i:M)inggu|ahad|(?:sun|mon|tues|wednes|thurs|fri|satur)day)"
)
_HOUR = r"pagi|siang|sore|petang|malam|dini hari|subuh|kemarin|besok|wib|wita|wit|morning|afternoon|evening|night"
# What stands before a date: "Kamis (", "Kamis malam, tanggal ", "Sabtu dan Minggu, ". In lower case "minggu" is a week,
# "Minggu lalu" may be one too, and "malam Jumat" is Thursday evening.
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<eve>malam\s)?(?:(?P<first>{_ANY_DAY}){_GAP}(?:[-–/,]|dan|sampai|hingga|and|to){_GAP})?"
    rf"(?P<weekday>{_ANY_DAY})(?:{_SOME}(?:{_HOUR})|(?<!inggu){_SOME}(?:lalu|ini|depan|mendatang)){{0,3}}"
    rf",?{_GAP}(?P<open>\(?){_GAP}(?:tanggal\s|tgl\.?\s)?",
    re.I | re.A,
)
_NUMBERED = re.compile(rf"(?<!\w)(?:nomor|no\.?|number|pasal):?{_GAP}\Z", re.I | re.A)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_OUTSIDE = r"(?<![\w/.,])(?<![A-Za-z][-–])"  # not within a fraction, an address, or "U-20"
_DATES = [
    re.compile(  # 19/10/2023, 19-10-2023, 19/10
        rf"{_OUTSIDE}(?P<day>[0-9]{{1,2}})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})"
        r"(?:(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2}))?(?![\w/]|[.,-]?[0-9])",
        re.A,
    ),
    re.compile(  # 19 Oktober 2023, 19 Okt, 19th of October 2023
        rf"{_OUTSIDE}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?P<mark>){_SOME}(?:of\s)?"
        rf"(?P<month>{_MONTH})(?!\w)(?:\.?,?{_SOME}(?P<year>[12][0-9]{{3}})(?!\w))?",
        re.I | re.A,
    ),
    re.compile(  # October 19, 2023
        rf"(?<!\w)(?P<month>(?=[A-Z])(?i:{_MONTH}))(?P<mark>)\.?{_SOME}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w)"
        rf"(?:,?{_SOME}(?P<year>[12][0-9]{{3}})(?!\w))?",
        re.A,
    ),
]
_DAY_NUMBER = re.compile(
    rf"(?<![\w-])(?:hari{_SOME}ke[\s\xa0‐‑–-]{{0,3}}|(?P<english>day)[\s\xa0‑-]{{1,3}})"
    r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,2}|[0-9]{1,6})(?!\w|[.,]?[0-9])",
    re.I | re.A,
)

# "TK" is the mark "to come", and Taman Kanak-kanak, a kindergarten; in other stories a person's initials, or tenaga
# kerja. A lone TK is taken for the mark only if no capital, digit, quotation mark, bracketed age, hyphen or slash comes
# next to it, as in "TK Pertiwi", "TK (34)", "PAUD/TK", and if no text of the story has a word of _NO_MARK.
_LEFTOVER = re.compile(
    r"""\[(?=[^\[\]\n]{0,200}?(?<!\w)(?:(?i:cek|check)|TK)(?!\w))[^\[\]\n]{0,400}\]
    |(?<!\w)TK(?:\ ?TK)+(?!\w)
    |(?P<lone>(?<![\w/-])TK(?![\w/-])(?![\ \xa0]{1,3}(?:[A-Z0-9"“'‘]|\([0-9])))
    |(?P<cross>(?<![\w-])(?:X{3,}|x{3,})(?![\w-]))
    |(?i:lorem\s{1,3}ipsum)
    |\?{3,}""",
    re.X,
)
_NO_MARK = re.compile(
    r"(?<!\w)(?:(?:kanak|paud|(?:ber)?sekolah|siswa|siswi|murid|pelajar|guru|anak|balita|kelas|pendidikan)(?:nya)?"
    r"|child|children|pupils?|teachers?|schools?|kindergartens?|(?:ber)?inisial|initials?"
    r"|bpjs|tenaga kerja|ketenagakerjaan)(?!\w)",
    re.I,
)
# Where XXX is thirty, or the letters of a number plate.
_THIRTY = re.compile(
    r"(?<!\w)(?:PON|Pekan .{1,40}|Muktamar|Kongres|Konferensi|Munas|Musyawarah .{1,20}|HUT|Natalis|Olimpiade|Games|MTQ"
    r"|Bab|Abad|[A-Z]{1,2} [0-9]{1,4})(?: [Kk]e)?[ -]\Z"
)


class Doubt(NamedTuple):
    kind: str  # "weekday", "date", "day_number" or "name"
    quote: str
    message: str

    @property
    def key(self):
        """What a person overrules: the same words, doubted for the same reason."""
        return f"{self.kind}:{self.quote}"


def doubts(texts, day=None, day_one=None):
    """What in the texts cannot be right, or hardly: a list of Doubt, each once. Never raises.

    `texts`: the words without markup, by field: "headline", "standfirst", "body" … `day`: the date on which the story
    goes live in its edition. `day_one`: the first day of its running story.
    """
    found = [doubt for text in texts.values() for doubt in _dates(text, day)]
    if day and day_one:
        found += [doubt for field in COUNTED for doubt in _day_number(texts.get(field, ""), day, day_one)]
    found += _names(texts)
    return list({doubt.key: doubt for doubt in found}.values())


def leftovers(texts):
    """The marks of unfinished work, each once, as they stand in the texts. Never raises."""
    lone_counts = not any(_NO_MARK.search(text) for text in texts.values())
    found = {}
    for text in texts.values():
        for match in _LEFTOVER.finditer(text):
            if match.lastgroup == "lone" and not lone_counts:
                continue
            if match.lastgroup == "cross" and _THIRTY.search(_before(match, 60)):
                continue
            found[match[0]] = True
    return list(found)


def _before(match, reach):
    return match.string[max(0, match.start() - reach) : match.start()]


def _dates(text, day):
    """Dates that no calendar has, and weekdays that are not those of their dates."""
    weekdays = {match.end(): match for match in _WEEKDAY.finditer(text)}
    for pattern in _DATES:
        for match in pattern.finditer(text):
            said = weekdays.get(match.start())
            if _means_a_date(match, said) and (doubt := _date_doubt(match, said, day)):
                yield doubt


def _means_a_date(match, said):
    """Whether these numbers are a date; they may be a fraction, a score, a time, or the number of a letter."""
    year, month, mark = match["year"], match["month"], match["mark"]
    if said:
        return not mark or (bool(year or said["open"]) if mark == "/" else len(year or "") == 4)
    if _NUMBERED.search(_before(match, 12)):
        return False
    if mark:
        return mark == "/" and len(year or "") == 4
    if int(match["day"]) > 39:  # "HUT RI ke 79 Agustus 2024"
        return False
    # without a year only "30 Februari", and not "30 Mar", "32 march" or "Februari 30 orang"
    a_month = month[0].isupper() and len(month) > 3 and month.lower() != "march"
    return bool(year) or (a_month and match.start("day") < match.start("month"))


def _date_doubt(match, said, day):
    number = int(match["day"])
    month = int(match["month"]) if match["mark"] else MONTHS[match["month"].lower()]
    years = _years(match["year"], day)
    dates = [real for year in years if (real := _real(year, month, number))]
    quote = _quote(match, said)
    if said and match["mark"] and _weekday(said["weekday"])[0] is ENGLISH_DAYS:  # perhaps the month stands first
        dates += [real for year in years if (real := _real(year, number, month))]
    if not dates:
        return Doubt("date", quote, _no_date(quote, number, month, years[0]))
    if not said or not (match["year"] or day):
        return None
    if not match["year"]:
        nearest = min(dates, key=lambda real: abs(real - day))
        dates = [real for real in dates if real.year == nearest.year]
    named = [_weekday(said[group])[1] for group in ("first", "weekday") if said[group]]
    if said["eve"]:
        named += [(weekday - 1) % 7 for weekday in named]
    if any(real.weekday() in named for real in dates):
        return None
    return Doubt("weekday", quote, _wrong_weekday(quote, dates[0], *_weekday(said["weekday"])))


def _years(written, day):
    """The years that may be meant."""
    if written and len(written) == 4:
        return [int(written)]
    if written:
        return [int(written) + (2000 if int(written) < 70 else 1900)]
    return [day.year + offset for offset in range(-4, 5)] if day else [2000]


def _real(year, month, number):
    try:
        return date(year, month, number) if 1000 <= year < 3000 else None
    except ValueError:
        return None


def _weekday(word):
    """The language's names of the days, and which of them the word is."""
    word = re.sub(r"[^a-z]", "", word.lower())
    for names in (INDONESIAN_DAYS, ENGLISH_DAYS):
        if word.capitalize() in names:
            return names, names.index(word.capitalize())
    return INDONESIAN_DAYS, 6  # Ahad


def _quote(match, said):
    start = match.start() - (len(said[0]) if said else 0)
    closed = bool(said and said["open"]) and match.string.startswith(")", match.end())
    return " ".join(match.string[start : match.end() + closed].split())


def _no_date(quote, number, month, year):
    if 1 <= month <= 12:
        last = calendar.monthrange(year, month)[1]
        return _("“%(quote)s” is not a date: that month has the days 1 to %(last)s.") % {"quote": quote, "last": last}
    if _real(year, number, month):
        told = {"quote": quote, "month": month, "right": f"{month}/{number}/{year}"}
        return _("“%(quote)s” is not a date: there is no month %(month)s. Write the day first: %(right)s.") % told
    return _("“%(quote)s” is not a date: there is no month %(month)s.") % {"quote": quote, "month": month}


def _wrong_weekday(quote, real, names, said):
    away = (said - real.weekday() + 3) % 7 - 3
    told = {"quote": quote, "date": _short(real), "right": names[real.weekday()], "said": names[said]}
    told["other"] = _short(real + timedelta(days=away))
    return _("“%(quote)s”: %(date)s is %(right)s. If the weekday is right, %(said)s is %(other)s.") % told


def _short(real):
    return f"{real.day}/{real.month}/{real.year}"


def _day_number(text, day, day_one):
    """The doubt about the day that a text gives to the running story; other days may be named beside the right one."""
    right = (day - day_one).days + 1
    said = {int(re.sub("[.,]", "", match["number"])): match for match in _DAY_NUMBER.finditer(text)}
    if right in said:
        return
    # "Independence Day 2024" names a year
    said = {count: match for count, match in said.items() if not match["english"] or abs(count - day.year) > 1}
    if not said:
        return
    quote = " ".join(said[min(said, key=lambda number: abs(number - right))][0].split())
    told = {"quote": quote, "day": _short(day), "right": right, "day_one": _short(day_one)}
    if right < 1:
        message = _("“%(quote)s”: the story goes live on %(day)s, before day 1 of its running story, %(day_one)s.")
    else:
        message = _("“%(quote)s”: %(day)s, when the story goes live, is day %(right)s. Day 1 was %(day_one)s.")
    yield Doubt("day_number", quote, message % told)


def _names(texts):
    """The doubts about words that are nearly a name which stands three times or more."""
    for word, name, count in slips(texts):
        message = _("“%(word)s” stands once, “%(name)s” %(count)s times: is “%(name)s” meant?")
        yield Doubt("name", word, message % {"word": word, "name": name, "count": count})
