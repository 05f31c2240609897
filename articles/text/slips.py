"""Slips of the keyboard in names: a word that is nearly a name of the same story. Pure: texts in, words out."""

import re
import unicodedata
from collections import Counter
from itertools import combinations

HEADINGS = ("headline", "short_headline", "kicker")  # where every word may have a capital
LONGEST_NAME = 40
RIVALS = 4  # names compared with a word for each way to shorten it: keeps the work in proportion to the text

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


def slips(texts):
    """Yield (word, name, count): words that stand once and differ by one letter from a name that stands `count` times,
    three or more. `texts`: the words without markup, by field."""
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
                yield word, name, names[name]


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
