"""Stems of Indonesian words. Pure: no model, no database.

stem    the stem of a word: serang of penyerangan; a word that has none is its own stem
forms   all words of that stem, as texts may have them: serang, menyerang, diserang, serangannya …

Words are folded (text/words.py). Roots are known from a list (roots.txt), so that media is not torn into me-dia nor
perangkat into perang-kat. Of a root that is not in the list, only what no name looks like is taken off.
"""

import functools
import itertools
import pathlib
import re

from . import affixes

_HERE = pathlib.Path(__file__).parent
EVERYDAY = dict(line.split() for line in (_HERE / "everyday.txt").read_text("utf-8").splitlines())  # {as typed: right}
ROOTS = frozenset((_HERE / "roots.txt").read_text("utf-8").split()) | {*EVERYDAY.values()}
_TYPED = {}  # {right: [as typed]}
for typed, right in EVERYDAY.items():
    _TYPED.setdefault(right, []).append(typed)

LONGEST = 30  # letters; a longer word is no word
_IRREGULAR = {
    **dict.fromkeys(["belajar", "pelajar", "pelajaran", "mempelajari", "dipelajari"], "ajar"),
    "pembagian": "bagi",
    **dict.fromkeys(["vaksinasi", "divaksinasi", "vaksinator"], "vaksin"),
}
_ENCLITICS = (*affixes.PARTICLES, *affixes.POSSESSIVES)
_SHORTEST_UNKNOWN = 4  # letters of a root that is not in the list
_SURE = re.compile(r"(?:me|di|pe)[a-z]{5,}")


@functools.lru_cache(20_000)
def stem(word):
    if not (word.isascii() and word.isalpha() and len(word) <= LONGEST):
        return word
    return root(word) or _unknown(word)


def root(word):
    """The listed root of a word of plain letters; "" if none is known."""
    return next(filter(None, map(_known, _without_enclitics(word))), "")


@functools.lru_cache(2_000)
def forms(root):
    """The words whose stem is `root`, sorted; `root` is one of them."""
    if not (root.isascii() and root.isalpha() and len(root) <= LONGEST):
        return (root,)
    spelt = [root, *_TYPED.get(root, [])]
    made = itertools.chain.from_iterable(affixes.derived(each, root in ROOTS) for each in spelt)
    made = itertools.chain(made, affixes.with_loan_ending(root) if root in ROOTS else ())
    irregular = (word for word, its in _IRREGULAR.items() if its == root)
    found = {root, *(form for form in (*spelt, *made, *irregular) if stem(form) == root)}
    bare = (form for form in found if form == root or not form.endswith(_ENCLITICS))
    found |= {owned for owned in [f"{form}nya" for form in bare] if owned not in ROOTS}
    return tuple(sorted(found))


def _known(word):
    """The same of a word without particles."""
    right = EVERYDAY.get(word, word)
    if right in ROOTS or right != word:
        return right
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    rights = (EVERYDAY.get(rest, rest) for rest in affixes.bases(word))
    loans = map(affixes.without_loan_ending, affixes.bases(word)) if affixes.LOAN_ENDING in word else ()
    return next((rest for rest in itertools.chain(rights, loans) if rest in ROOTS), "")


def _without_enclitics(word):
    """The word, then without a particle, then without a possessive ending."""
    yield word
    for ending in affixes.PARTICLES:
        if word.endswith(ending):
            word = word.removesuffix(ending)
            yield word
            break
    for ending in affixes.POSSESSIVES:
        if word.endswith(ending):
            yield word.removesuffix(ending)


def _unknown(word):
    bare = word.removesuffix("nya")
    if len(bare) < _SHORTEST_UNKNOWN:
        return word
    if _SURE.fullmatch(bare):
        for ending in ("kan", "an"):
            base = bare.removesuffix(ending)
            if base != bare and (rest := affixes.surely_without(base, ending)) and len(rest) >= _SHORTEST_UNKNOWN:
                return rest
    return bare
