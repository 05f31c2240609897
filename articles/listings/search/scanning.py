"""How well thousands of short texts hold the terms of a question. Pure; the same answers as matching.py, sooner.

Most texts hold no word of the question, and those that do hold one or two. So all texts are searched at once for the
parts that the words of the question have in common (`perang` of penyerangan and berperang), and only the words around
are looked at.
"""

import re

from articles.text import words

from .matching import Match, match, stand_in_row

_BETWEEN = "\0"  # two texts; no text holds it


class Scanner:
    """Of the terms of one question."""

    def __init__(self, terms):
        self.terms = terms
        self.row = [word for term in terms for word in term.exact] if len(terms) > 1 else []
        self.in_row = re.compile(r"[\W_]*".join(self.row))  # sooner said than by the words, but not as well
        self.begun = [(term.exact[0], number) for number, term in enumerate(terms) if term.is_begun]
        self.single = {}  # {word: [(number of a term, how well the word matches it)]}
        for number, term in enumerate(terms):
            for phrase in term.phrases:
                how = Match.EXACT if phrase == term.exact else Match.FORM
                self.single.setdefault(phrase[0], []).append((number, how))
        self.is_plain = all(len(phrase) == 1 for term in terms for phrase in term.phrases)
        self.parts, self.known = _parts(self.single), {}

    def scan(self, texts):
        """{number of a text: ({number of a term: its Match}, whether the terms stand one after the other)}, without
        texts that hold nothing of the question."""
        plain = words.folded(_BETWEEN.join(texts)).lower()
        found = {}
        for part in self.parts:
            for number, token in _around(plain, part):
                if (held := self.known.get(token)) is None:
                    held = self.known[token] = self._held(words.split(token))
                if (before := found.setdefault(number, held)) is not held:
                    found[number] = _better(before, held)
        lines = plain.split(_BETWEEN) if self.row or not self.is_plain else ()
        if not self.is_plain:
            return {number: one for number in found if (one := self._whole(words.split(lines[number])))[0]}
        return {number: (held, self._is_row(held, lines, number)) for number, held in found.items() if held}

    def _whole(self, its_words):
        found = {number: how for number, term in enumerate(self.terms) if (how := match(term, its_words))}
        return found, bool(self.row) and stand_in_row(self.row, its_words)

    def _is_row(self, held, lines, number):
        is_whole = self.row and len(held) == len(self.terms)
        if not is_whole or not self.in_row.search(lines[number]):
            return False
        return stand_in_row(self.row, words.split(lines[number]))

    def _held(self, its_words):
        found = {}
        for word in its_words:
            for number, how in self.single.get(word, ()):
                found[number] = max(how, found.get(number, Match.NONE))
            for begin, number in self.begun:
                if number not in found and word.startswith(begin):
                    found[number] = Match.BEGUN
        return found


def _better(one, other):
    return {number: max(one.get(number, 0), other.get(number, 0)) for number in one | other}


def _parts(its_words):
    """The shortest texts of which each word holds one: most forms hold the root."""
    parts = []
    for word in sorted(its_words, key=len):
        if not any(part in word for part in parts):
            parts.append(word)
    return parts


def _around(plain, part):
    """(Number of a text, what stands between two spaces of it) for each place that holds the part."""
    number, counted, at = 0, 0, plain.find(part)
    while at >= 0:
        number += plain.count(_BETWEEN, counted, at)
        counted = at
        line = plain.rfind(_BETWEEN, 0, at) + 1
        begin = plain.rfind(" ", line, at) + 1 or line
        end = plain.find(" ", at)
        token = (plain[begin:end] if end >= 0 else plain[begin:]).partition(_BETWEEN)[0]
        yield number, token
        at = plain.find(part, begin + len(token))
