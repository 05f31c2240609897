"""A question as somebody types it, and what it asks for. Pure: no model, no database.

    harga cabai            both words, in any form: harganya, cabe; the last one may be only begun (pelabu)
    "rumah sakit"          these words, one after the other
    Rp85.000  suami/istri  what hangs together is found together: the words follow each other
    -sentral               not this word
    bagian:ekonomi         a filter (NAMES); oleh:"Nina Yuniar" has spaces

What cannot be read so is read as words: a quotation mark that is never closed, a colon after an unknown name.
"""

import re
from typing import NamedTuple

from articles.text import letters, stems, words

MOST_TERMS = 12
MOST_LETTERS = 200
BEGUN = 3  # letters; thousands of words begin with fewer, so that fewer are a whole word
NAMES = {  # as typed: the filter
    "bagian": "section",
    "section": "section",
    "oleh": "person",
    "by": "person",
    "topik": "tag",
    "tag": "tag",
    "seri": "series",
    "series": "series",
    "sejak": "since",
    "since": "since",
    "sampai": "until",
    "until": "until",
}
_WORDS = r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
_WORD = re.compile(_WORDS)
_FILTER = rf'(?<!\S)(?P<name>{"|".join(NAMES)}):(?:"(?P<named>[^"]*)"|(?P<plain>[^\s"]+))'
_FILTER_OR_WORD = re.compile(f"{_FILTER}|{_WORDS}", re.I)
_FEW_SAY = {*["dan", "di", "ke", "dari", "yang", "pada", "untuk", "dengan", "atau"]}  # nearly every text has them
_LITTLE = {
    *["apa", "apakah", "siapa", "kapan", "bagaimana", "kenapa", "mengapa", "berapa", "mana", "dimana", "kemana"],
    *["blm", "brp", "dgn", "gmn", "karena", "karna", "krn", "sdh", "tdk", "tsb", "utk", "yg"],
    *["ada", "adalah", "akan", "agar", "belum", "bisa", "dalam", "ini", "itu", "oleh", "sudah", "tentang", "tidak"],
}
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")


class Term(NamedTuple):
    """One thing that a story must hold: any of `phrases`, each of them words that follow each other.

    `exact`: the phrase as it was typed. `is_begun`: it is one word, and a word that begins with it will do.
    `is_quoted`: it was typed in quotation marks.
    """

    exact: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    is_begun: bool = False
    is_quoted: bool = False

    @property
    def says_little(self):
        """Whether it is a word such as "kapan" or "tidak", which an answer need not have where none has all words."""
        return not self.is_quoted and len(self.exact) == 1 and self.exact[0] in _LITTLE | _FEW_SAY


class Question(NamedTuple):
    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


def read(typed, has_filters=True):
    """`has_filters`: whether tag:konservasi is a filter; else it is two words."""
    terms, without, filters = [], [], []
    typed = letters.line(typed[:MOST_LETTERS])
    for piece in (_FILTER_OR_WORD if has_filters else _WORD).finditer(typed):
        if has_filters and piece["name"]:
            filters.append((NAMES[piece["name"].lower()], piece["named"] or piece["plain"] or ""))
            continue
        is_last = piece.end() == len(typed) and piece["phrase"] is None
        if term := _term(piece["phrase"] or piece["word"] or "", piece["phrase"] is not None, is_last):
            (without if piece["minus"] else terms).append(term)
    without = [term._replace(is_begun=False) for term in without]
    return Question(_that_say_something(terms)[:MOST_TERMS], tuple(without[:MOST_TERMS]), tuple(filters[:MOST_TERMS]))


def _that_say_something(terms):
    """Without repeated terms, and without words that nearly every text has, unless there are no others."""
    terms = tuple(dict.fromkeys(terms))
    return tuple(term for term in terms if term.exact[0] not in _FEW_SAY or len(term.exact) > 1) or terms


def _term(text, is_phrase, is_last):
    exact = tuple(words.split(text))
    if not exact:
        return None
    if len(exact) > 1 and len({stems.stem(word) for word in exact}) == 1 and not is_phrase:
        exact = exact[:1]  # anak-anak
    if len(exact) > 1:
        return Term(exact, (exact, *(() if is_phrase else _other_spellings(exact))), is_quoted=is_phrase)
    (word,) = exact
    if is_phrase:
        return Term(exact, (exact,), is_quoted=True)
    phrases = {exact: None} | dict.fromkeys((form,) for form in stems.forms(stems.stem(word)))
    phrases |= dict.fromkeys(_other_spellings(exact))
    return Term(exact, tuple(phrases), is_last and len(word) >= BEGUN and not word.isdecimal())


def _other_spellings(phrase):
    """Numbers with and without points between thousands (85.000, 85000), letters written together (Jum'at, Jumat)."""
    spaced = " ".join(phrase)
    together = _GROUPED.sub(lambda number: number[0].replace(" ", ""), spaced)
    grouped = re.sub(r"[0-9]{4,}", lambda number: f"{int(number[0]):,}".replace(",", " "), spaced)
    others = {together, grouped}
    if all(word.isalpha() for word in phrase):
        others.add("".join(phrase))
    return [tuple(other.split()) for other in sorted(others - {spaced})]
