"""What is doubtful in a story, and which marks of unfinished work it holds. Pure: words and dates in, tuples out.

A doubt is no error: a person who knows better overrules it by its key. Where a check cannot tell, it is silent.
"""

import calendar
import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

COUNTED = ("headline", "short_headline", "standfirst")  # where "Hari Ke-603" is the day of the running story
HEADINGS = ("headline", "short_headline", "kicker")  # where every word may have a capital
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
LONGEST_NAME = 40
RIVALS = 4  # names compared with a word for each way to shorten it: keeps the work in proportion to the text

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
_WORD = re.compile(r"[^\W_]+")
_NEW_SENTENCE = re.compile(r"[.!?:;…\n\r“\"‘(\[•*–—]")
_SUFFIXES = ("nya", "lah", "kan", "an", "i", "n", "s")
_ALIKE = """
Timor Timur
Badung Bandung
Padang Pandang
Sulbar Sumbar Sumba
Irlandia Islandia
Kodam Kodim
Kejari Kejati
Kajari Kajati
Kasad Kasal Kasat Kasau
Persib Persik Persis
Persiba Persija Persika Persipa Persita
Ahmad Achmad Ahmed Ahmat
Hasan Hassan Husen
Husain Husein Hussain Hussein
Mohamad Mohammad Muhamad Muhammad Mohamed Mohammed
Rahman Rahmat Rachman Rachmat
Yusuf Yusup Jusuf
"""  # names that one story may well have side by side
_NOT_SLIPS = {frozenset(pair) for line in _ALIKE.split("\n") for pair in combinations(line.split(), 2)}

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
    """Words that stand once and differ by one letter from a name that stands three times or more."""
    capitalised, inside, small = Counter(), set(), set()
    for field, text in texts.items():
        for word, starts in _words(unicodedata.normalize("NFC", text)):
            if word.islower():
                small.add(word)
            elif word[1:].islower() and 5 <= len(word) <= LONGEST_NAME and word.isalpha():
                capitalised[word] += 1
                if not starts and field not in HEADINGS:
                    inside.add(word)
    words = [(word, count) for word, count in capitalised.items() if word.lower() not in small]
    names = {word: count for word, count in words if count >= 3 and word in inside}
    shortened = {}
    for name in names:
        for key in _shortenings(name):
            rivals = shortened.setdefault(key, [])
            if len(rivals) < RIVALS:
                rivals.append(name)
    for word, count in words:
        if count == 1:
            near = {name for key in _shortenings(word) for name in shortened.get(key, ()) if _is_slip(word, name)}
            if near:
                name = max(sorted(near), key=names.get)
                message = _("“%(word)s” stands once, “%(name)s” %(count)s times: is “%(name)s” meant?")
                yield Doubt("name", word, message % {"word": word, "name": name, "count": names[name]})


def _words(text):
    """(word, whether a sentence may start with it) for every word."""
    end = 0
    for match in _WORD.finditer(text):
        yield match[0], not end or bool(_NEW_SENTENCE.search(text, end, match.start()))
        end = match.end()


def _shortenings(word):
    """The word, and the word without each of its letters: two words a slip apart share one of them."""
    word = word.lower()
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def _is_slip(word, name):
    """Whether one letter is missing, added, changed, or swapped with its neighbour, and nothing else explains it.

    People seldom mistype a first letter, while "Darat" and "Barat", "Putra" and "Putri" are two words.
    """
    if frozenset((word, name)) in _NOT_SLIPS or _stems(word) & _stems(name):
        return False
    word, name = word.lower(), name.lower()
    start = next(
        (index for index, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    word, name = word[start:], name[start:]
    if {word, name} == {"a", "i"}:
        return False
    if word[:2] == name[1::-1] and word[2:] == name[2:]:
        return True
    return start > 0 and (word[1:] == name[1:] or word[1:] == name or word == name[1:])


def _stems(word):
    return {word, *(word.removesuffix(suffix) for suffix in _SUFFIXES)}
