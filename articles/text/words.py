"""Words as search knows them, of texts and of questions alike. Pure: strings in, strings out.

A word is a run of letters or a run of digits: Covid-19 is covid and 19, Rp85.000 is rp, 85 and 000. So what hangs
together is found whole, as words that follow each other, and in parts. Capitals, accents and compatible forms do not
count. PostgreSQL folds by itself, by the same rules (`postgresql`), because its triggers cannot call Python.

folded      the text with plain letters; capitals stay, because both databases and `split` make them small
indexed     the text for the index of SQLite
of_markup   the same of HTML
split       the words of a text, in their order
postgresql  an SQL expression that does for PostgreSQL what `indexed` does for SQLite
"""

import re
import unicodedata

from . import body

_MARKS = "\\u0300-\\u036f"  # of letters, as NFKD writes them
_ACCENTS = re.compile(f"[{_MARKS}]+")
# Letters that NFKD leaves, and what people type for them.
_PLAIN = {"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
_PLAIN_TWO = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
_LETTERS = str.maketrans(_PLAIN | _PLAIN_TWO)
_TYPESET = "\\u2010-\\u2027"  # dashes, quotation marks, dots: not ASCII, but nothing to fold
_NOTHING_TO_FOLD = bytes([*range(0x80), 0xE2, 0x80, *range(0x90, 0xA8)])  # the bytes of ASCII and of _TYPESET
# Each byte of UTF-8 by its kind: a letter (also within others than ASCII), a digit, anything else.
_KINDS = bytes(97 if chr(byte).isalpha() or byte > 127 else 49 if chr(byte).isdigit() else 32 for byte in range(256))
_WORD = re.compile(r"[0-9]+|[^\W_0-9]+")
_SPACED = {False: "[-/._@:+~%=#?*^|]", True: "<[^>]*>|[-/._@:+~%=#?*^|]"}  # PostgreSQL would keep these within words


def folded(text):
    if text.isascii() or not text.encode("utf-8", "replace").translate(None, _NOTHING_TO_FOLD):
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text).translate(_LETTERS))


def indexed(text):
    """A space parts letters and digits that touch. Bytes are compared, because that is ten times as fast."""
    plain = folded(text)
    raw = plain.encode()
    kinds = raw.translate(_KINDS)
    cuts = sorted({*_places(kinds, b"a1"), *_places(kinds, b"1a")})
    if not cuts:
        return plain
    return b" ".join(raw[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(raw)], strict=True)).decode()


def of_markup(clean_html):
    return indexed(body.text(clean_html))


def _places(kinds, pair):
    at = kinds.find(pair)
    while at >= 0:
        yield at + 1
        at = kinds.find(pair, at + 1)


def split(text):
    return _WORD.findall(folded(text).lower())


def postgresql(sql, is_markup=False):
    """The words of an SQL expression, for to_tsvector('simple', …)."""
    spaced = f"regexp_replace({sql}, '{_SPACED[is_markup]}', ' ', 'g')"
    plain = f"normalize({spaced}, NFKD)"
    for letter, two in _PLAIN_TWO.items():
        plain = f"replace({plain}, '{letter}', '{two}')"
    plain = f"translate({plain}, '{''.join(_PLAIN)}', '{''.join(_PLAIN.values())}')"
    plain = f"regexp_replace({plain}, '[{_MARKS}]+', '', 'g')"
    text = f"CASE WHEN {sql} ~ '[^\\u0001-\\u007f{_TYPESET}]' THEN {plain} ELSE {spaced} END"
    return f"regexp_replace({text}, '([0-9]+)', ' \\1 ', 'g')"
