"""Marks of unfinished work. Pure."""

import re

from .doubt import before

# "TK" means "to come", but also Taman Kanak-kanak (a kindergarten), a person's initials, or tenaga kerja. A lone TK
# counts as the mark only if no capital, digit, quotation mark, bracketed age, hyphen or slash comes next to it, as in
# "TK Pertiwi", "TK (34)", "PAUD/TK", and if no text of the story has a word of _NO_MARK.
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
# Words after which XXX is a Roman thirty, or letters of a number plate.
_THIRTY = re.compile(
    r"(?<!\w)(?:PON|Pekan .{1,40}|Muktamar|Kongres|Konferensi|Munas|Musyawarah .{1,20}|HUT|Natalis|Olimpiade|Games|MTQ"
    r"|Bab|Abad|[A-Z]{1,2} [0-9]{1,4})(?: [Kk]e)?[ -]\Z"
)


def leftovers(texts):
    """The marks of unfinished work as they stand in the texts, without duplicates. Never raises."""
    lone_counts = not any(_NO_MARK.search(text) for text in texts.values())
    marks = {}
    for text in texts.values():
        for match in _LEFTOVER.finditer(text):
            if match.lastgroup == "lone" and not lone_counts:
                continue
            if match.lastgroup == "cross" and _THIRTY.search(before(match, 60)):
                continue
            marks[match[0]] = True
    return list(marks)
