"""Impossible dates, and weekdays that do not match their dates. Pure."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .doubt import GAP, SOME, Doubt, before, short_date

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

_ANY_DAY = (
    r"(?:senin|selasa|rabu|kamis|jum['’‘`]?at|sabtu|(?-i:M)inggu|ahad|(?:sun|mon|tues|wednes|thurs|fri|satur)day)"
)
_HOUR = r"pagi|siang|sore|petang|malam|dini hari|subuh|kemarin|besok|wib|wita|wit|morning|afternoon|evening|night"
# Words before a date: "Kamis (", "Kamis malam, tanggal ", "Sabtu dan Minggu, ". "minggu" in lower case means a week,
# "Minggu lalu" may mean one, too, and "malam Jumat" is Thursday evening.
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<eve>malam\s)?(?:(?P<first>{_ANY_DAY}){GAP}(?:[-–/,]|dan|sampai|hingga|and|to){GAP})?"
    rf"(?P<weekday>{_ANY_DAY})(?:{SOME}(?:{_HOUR})|(?<!inggu){SOME}(?:lalu|ini|depan|mendatang)){{0,3}}"
    rf",?{GAP}(?P<open>\(?){GAP}(?:tanggal\s|tgl\.?\s)?",
    re.I | re.A,
)
_NUMBERED = re.compile(rf"(?<!\w)(?:nomor|no\.?|number|pasal):?{GAP}\Z", re.I | re.A)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_OUTSIDE = r"(?<![\w/.,])(?<![A-Za-z][-–])"  # not within a fraction, an address or "U-20"
_DATES = [
    re.compile(  # 19/10/2023, 19-10-2023, 19/10
        rf"{_OUTSIDE}(?P<day>[0-9]{{1,2}})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})"
        r"(?:(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2}))?(?![\w/]|[.,-]?[0-9])",
        re.A,
    ),
    re.compile(  # 19 Oktober 2023, 19 Okt, 19th of October 2023
        rf"{_OUTSIDE}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?P<mark>){SOME}(?:of\s)?"
        rf"(?P<month>{_MONTH})(?!\w)(?:\.?,?{SOME}(?P<year>[12][0-9]{{3}})(?!\w))?",
        re.I | re.A,
    ),
    re.compile(  # October 19, 2023
        rf"(?<!\w)(?P<month>(?=[A-Z])(?i:{_MONTH}))(?P<mark>)\.?{SOME}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w)"
        rf"(?:,?{SOME}(?P<year>[12][0-9]{{3}})(?!\w))?",
        re.A,
    ),
]


def wrong_dates(text, day):
    """Doubts about impossible dates, and about weekdays that do not match their dates."""
    weekdays = {match.end(): match for match in _WEEKDAY.finditer(text)}
    for pattern in _DATES:
        for match in pattern.finditer(text):
            said = weekdays.get(match.start())
            if _means_a_date(match, said) and (doubt := _date_doubt(match, said, day)):
                yield doubt


def _means_a_date(match, said):
    """Whether these numbers are a date; they may be a fraction, a score, a time, or a reference number."""
    year, month, mark = match["year"], match["month"], match["mark"]
    if said:
        return not mark or (bool(year or said["open"]) if mark == "/" else len(year or "") == 4)
    if _NUMBERED.search(before(match, 12)):
        return False
    if mark:
        return mark == "/" and len(year or "") == 4
    if int(match["day"]) > 39:  # "HUT RI ke 79 Agustus 2024"
        return False
    # Without a year only "30 Februari" counts, and not "30 Mar", "32 march" or "Februari 30 orang".
    a_month = month[0].isupper() and len(month) > 3 and month.lower() != "march"
    return bool(year) or (a_month and match.start("day") < match.start("month"))


def _date_doubt(match, said, day):
    number = int(match["day"])
    month = int(match["month"]) if match["mark"] else MONTHS[match["month"].lower()]
    years = _years(match["year"], day)
    dates = [real for year in years if (real := _real(year, month, number))]
    quote = _quote(match, said)
    if said and match["mark"] and _weekday(said["weekday"])[0] is ENGLISH_DAYS:  # the month may come first
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
    """Years that `written` may mean; without it, years near `day`."""
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
    """The names of weekdays in the word's language, and its index in them."""
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
        params = {"quote": quote, "month": month, "right": f"{month}/{number}/{year}"}
        return _("“%(quote)s” is not a date: there is no month %(month)s. Write the day first: %(right)s.") % params
    return _("“%(quote)s” is not a date: there is no month %(month)s.") % {"quote": quote, "month": month}


def _wrong_weekday(quote, real, names, said):
    away = (said - real.weekday() + 3) % 7 - 3
    params = {"quote": quote, "date": short_date(real), "right": names[real.weekday()], "said": names[said]}
    params["other"] = short_date(real + timedelta(days=away))
    return _("“%(quote)s”: %(date)s is %(right)s. If the weekday is right, %(said)s is %(other)s.") % params
