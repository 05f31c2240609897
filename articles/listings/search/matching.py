"""Where the terms of a question stand in a text that is read in Python. Pure: strings in, strings out."""

import enum
import functools
import re

from articles.text import words

_WORD = re.compile(r"[0-9]+|[^\W_0-9]+")


class Match(enum.IntEnum):
    """How well a text holds a term."""

    NONE = 0
    BEGUN = 1
    FORM = 2
    EXACT = 3


@functools.lru_cache(1_000)
def _phrases(term):
    """{first word: [phrases]} of a term."""
    by_first = {}
    for phrase in term.phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


def match(term, its_words):
    """The best Match of a term in the words of a text."""
    by_first = _phrases(term)
    if by_first.keys().isdisjoint(its_words):
        return _begun(term, its_words)
    held = {phrase for word in by_first.keys() & {*its_words} for phrase in by_first[word] if _holds(its_words, phrase)}
    if term.exact in held:
        return Match.EXACT
    return Match.FORM if held else _begun(term, its_words)


def _begun(term, its_words):
    is_begun = term.is_begun and any(word.startswith(term.exact[0]) for word in its_words)
    return Match.BEGUN if is_begun else Match.NONE


def _holds(its_words, phrase):
    if len(phrase) == 1:
        return True
    places = (place for place, word in enumerate(its_words) if word == phrase[0])
    return any(tuple(its_words[place : place + len(phrase)]) == phrase for place in places)


def follow(terms, its_words):
    """Whether the terms stand in the words one after the other, as they were typed."""
    return stand_in_row([word for term in terms for word in term.exact], its_words)


def stand_in_row(typed, its_words):
    """Whether these words stand in those, one after the other."""
    places = (place for place, word in enumerate(its_words) if word == typed[0])
    return any(its_words[place : place + len(typed)] == typed for place in places)


def parts(text, terms):
    """[(part of the text, whether it is a hit)]; joined, the parts are the text."""
    places = [found.span() for found in _WORD.finditer(text)]
    its_words = [_folded(text[begin:end]) for begin, end in places]
    cut, found = 0, []
    for begin, end in _joined(sorted(_hits(terms, its_words, places))):
        found += [(text[cut:begin], False), (text[begin:end], True)]
        cut = end
    return [(part, is_hit) for part, is_hit in [*found, (text[cut:], False)] if part]


def _folded(word):
    if word.isascii():
        return word.lower()
    return next(iter(words.split(word)), "")


def _hits(terms, its_words, places):
    for term in terms:
        by_first = _phrases(term)
        for n, word in enumerate(its_words):
            if term.is_begun and word.startswith(term.exact[0]):
                yield places[n]
            for phrase in by_first.get(word, ()):
                if tuple(its_words[n : n + len(phrase)]) == phrase:
                    yield places[n][0], places[n + len(phrase) - 1][1]


def _joined(spans):
    """Without spans that lie in one before them."""
    reached = -1
    for begin, end in spans:
        if begin >= reached:
            yield begin, end
            reached = end
