"""Misspelt names. Pure."""

import re
import unicodedata
from collections import Counter
from itertools import combinations

from django.utils.translation import gettext as _

from .doubt import Doubt

HEADINGS = ("headline", "short_headline", "kicker")  # fields in which every word may have a capital
LONGEST_NAME = 40
RIVALS = 4  # names compared with each shortening of a word; the limit keeps the work linear
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
"""  # different names that may stand in one story
_NOT_SLIPS = {frozenset(pair) for line in _ALIKE.split("\n") for pair in combinations(line.split(), 2)}


def misspelt_names(texts):
    """Doubts about words that stand once and differ by one letter from a name that stands three times or more."""
    words, inside = _capitalised(texts)
    names = {word: count for word, count in words.items() if count >= 3 and word in inside}
    by_shortening = _by_shortening(names)
    for word in (word for word, count in words.items() if count == 1):
        near = {name for key in _shortenings(word) for name in by_shortening.get(key, ()) if _is_slip(word, name)}
        if near:
            name = max(sorted(near), key=names.get)
            message = _("“%(word)s” stands once, “%(name)s” %(count)s times: is “%(name)s” meant?")
            yield Doubt("name", word, message % {"word": word, "name": name, "count": names[name]})


def _capitalised(texts):
    """{word: count} of words that always have a capital, and those of them that stand within a sentence."""
    counts, inside, small = Counter(), set(), set()
    for field, text in texts.items():
        for word, starts in _words(unicodedata.normalize("NFC", text)):
            if word.islower():
                small.add(word)
            elif word[1:].islower() and 5 <= len(word) <= LONGEST_NAME and word.isalpha():
                counts[word] += 1
                if not starts and field not in HEADINGS:
                    inside.add(word)
    return {word: count for word, count in counts.items() if word.lower() not in small}, inside


def _by_shortening(names):
    names_of = {}
    for name in names:
        for key in _shortenings(name):
            rivals = names_of.setdefault(key, [])
            if len(rivals) < RIVALS:
                rivals.append(name)
    return names_of


def _words(text):
    """(word, whether a sentence may start with it) for each word."""
    end = 0
    for match in _WORD.finditer(text):
        yield match[0], not end or bool(_NEW_SENTENCE.search(text, end, match.start()))
        end = match.end()


def _shortenings(word):
    """The word, and the word without one letter, for each letter: two words a slip apart share one of these."""
    word = word.lower()
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def _is_slip(word, name):
    """Whether one letter is missing, added, changed or swapped with its neighbour, with no other explanation.

    A first letter is seldom mistyped: "Darat" and "Barat" are two words, and so are "Putra" and "Putri".
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
