"""What may have been meant by words that find little: "Maksud Anda …?"

The words of live stories are the dictionary. For a word that no live story has, every spelling is tried that is one
letter away: wrong, missing, too much, or two that changed places; or two words that it was written of (bonebolango).
The one that most live stories have is offered. If no word is mended so, another form of it will do: pencemaran for
pencemarran, where a river is tercemar. Two words are one where live stories have that: tumbilo tohe. What is offered is
held by a live story, together with the known words beside it.
Nothing is stored, neither of the words nor of the question.
"""

import itertools

from articles.database.union import together
from articles.text import stems, words

from . import engines, question
from .question import Term

LITTLE = 3  # stories; of more, nobody is asked whether they meant something else
SHORTEST, LONGEST = 4, 20  # letters of a word that is mended
MOST_COUNTED = 50  # stories of each spelling
MOST_TRIED = 12  # spellings of a word that some story has, live or not
MOST_MENDED = 3  # words of a question
_SHORTEST_PART = 3  # letters of a word that was written together with another
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def meant(typed, found, without, scope):
    """The question with words mended that are near others of live stories; "" if none is, or if no story of the Scope
    has what is then asked for.

    `found`: the Candidates. `without`: terms that the stories must not have.
    """
    live, mended = scope._replace(conditions=None), typed
    there = {found.terms[number] for has in found.has.values() for number in has}
    unknown, right = _unknown([term for term in found.nameless if term not in there], found.nowhere, typed, live)
    for apart, one in right.items():
        mended = mended.replace(apart, one)
    spent = {*unknown, *" ".join(right).split()}
    for word, one in _nearest([word for word in unknown[:MOST_MENDED] if word not in " ".join(right).split()], live):
        right[word] = one
        mended = _put(mended, word, one)
    if mended == typed:
        return ""
    known = [term for term in found.nameless if term.exact[0] not in spent]
    read = question.read(" ".join(right.values()), has_filters=False).terms
    return mended if scope.has([*known, *read], without) else ""


def _unknown(terms, nowhere, typed, live):
    """The words of which no live story has any form, and {two words side by side: both as one word that live stories
    have}, where one of the two is unknown."""
    plain = [term for term in terms if len(term.exact) == 1 and _is_mendable(term.exact[0])]
    asked = {t: live.some(t._replace(is_begun=False), 1) for t in plain if t not in nowhere}
    pairs = {pair: "".join(pair) for pair in itertools.pairwise(typed.split(" "))} if plain else {}
    asked |= {pair: live.some(_term(one), 1) for pair, one in pairs.items() if _is_mendable(one)}
    there = together(asked)
    unknown = [term.exact[0] for term in plain if not there.get(term)]
    as_one = [pair for pair in pairs if there.get(pair) and not {*unknown[:MOST_MENDED]}.isdisjoint(pair)]
    return unknown, {" ".join(pair): pairs[pair] for pair in as_one}


def _is_mendable(word):
    return SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()


def _term(spelling):
    exact = tuple(spelling.lower().split())
    return Term(exact, (exact,))


def _nearest(unknown, live):
    """(Word, the spelling that most live stories have) of those that have one."""
    spellings = {word: near(word) | apart(word) for word in unknown}
    every = {part for its in spellings.values() for one in its for part in one.split()}
    there = {*engines.there_are(sorted(every))}
    held = {word: [one for one in sorted(its) if there.issuperset(one.split())] for word, its in spellings.items()}
    tried = [(word, one) for word in unknown for one in held[word][:MOST_TRIED]]
    found = together({(word, one): live.some(_term(one), MOST_COUNTED) for word, one in tried})
    counts = {pair: len(rows) for pair, rows in found.items() if rows}
    counts = counts or _by_form(spellings, live)
    for word in unknown:
        of_word = {one: count for (of, one), count in counts.items() if of == word}
        if of_word:
            yield word, max(of_word, key=lambda one: (of_word[one], one[0] == word[0]))


def _by_form(spellings, live):
    """{(word, spelling): live stories that have another form of its root}, of roots that we know."""
    terms = {}
    for word, its in spellings.items():
        derived = [(one, root) for one in sorted(its) if (root := stems.root(one)) and root != one][:MOST_TRIED]
        terms |= {(word, one): Term((one,), tuple((form,) for form in stems.forms(root))) for one, root in derived}
    known = zip(terms, engines.known(tuple(terms.values())), strict=True)
    found = together({pair: live.some(term, MOST_COUNTED) for pair, term in known})
    return {pair: len(rows) for pair, rows in found.items() if rows}


def near(word):
    """All spellings that are one letter away."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    changed = {before + after[1:] for before, after in cuts if after}
    changed |= {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    for letter in _LETTERS:
        changed |= {before + letter + after for before, after in cuts}
        changed |= {before + letter + after[1:] for before, after in cuts if after}
    return changed - {word}


def apart(word):
    """All pairs of words that it may have been written of."""
    return {f"{word[:n]} {word[n:]}" for n in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)}


def _put(typed, word, right):
    """The question with another word in its place."""
    return " ".join(right if words.split(part) == [word] else part for part in typed.split(" "))
