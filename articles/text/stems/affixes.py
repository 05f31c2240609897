"""Prefixes and endings of Indonesian verbs and nouns, taken off and put on. Pure: strings in, strings out."""

import re

PARTICLES = ("lah", "kah", "pun", "tah")
POSSESSIVES = ("nya", "ku", "mu")
SUFFIXES = ("", "i", "an", "kan")
VOWELS = "aeiou"
SHORTEST = 4  # letters that are not torn any more
DEEPEST = 3  # prefixes upon each other: mem-per-, ke-ber-, di-per-

# The endings that a word with this first prefix may have.
_ENDS = {
    "me": ("", "i", "kan"),
    "di": ("", "i", "kan"),
    "ku": ("", "i", "kan"),
    "ter": ("", "i", "kan"),
    "ber": ("", "an", "kan"),
    "pe": ("", "an"),
    "per": ("", "an", "i", "kan"),
    "ke": ("an",),
    "ketidak": ("an",),
    "se": ("", "an"),
}
LOAN_ENDING = "isasi"
_PLAIN = ("ketidak", "di", "ke", "se", "ku", "ter", "ber", "per")
# What follows me- or pe-, and with which letters the root then begins; the likelier first.
_NASALS = [
    (re.compile(r"nge([b-df-hj-np-tv-z]+[aeiou][b-df-hj-np-tv-z]+)"), ("",)),
    (re.compile(r"ny([aeiou].+)"), ("ny", "s")),
    (re.compile(r"ng([aeiou].+)"), ("", "k")),
    (re.compile(r"ng([gkh].+)"), ("",)),
    (re.compile(r"m([aeiou].+)"), ("m", "p")),
    (re.compile(r"m([bfpv].+)"), ("",)),
    (re.compile(r"n([aeiou].+)"), ("n", "t")),
    (re.compile(r"n([cdjstz].+)"), ("",)),
    (re.compile(r"([lrwy][aeiou].+)"), ("",)),
]


def without_suffix(word):
    """(The word without an ending, that ending), for each ending that it may have."""
    for ending in SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word.removesuffix(ending), ending


def bases(word):
    """What is left of a word without its ending and its prefixes, by how many prefixes are taken off.

    A root that is found with fewer is likelier: peperangan is pe-perang-an, and not pe-per-angan.
    """
    level = [(base, "", ending) for base, ending in without_suffix(word)]
    for _depth in range(DEEPEST + 1):
        yield from (base for base, _prefix, _ending in level)
        level = [
            (rest, first or prefix, ending)
            for base, first, ending in level
            if len(base) > SHORTEST
            for prefix, rest in _split(base)
            if first or ending in _ENDS[prefix]
        ]


def without_loan_ending(word):
    """normal of normalisasi; "" of a word that has no such ending."""
    rest = word.removesuffix(LOAN_ENDING)
    return rest if rest != word and len(rest) >= SHORTEST else ""


def with_loan_ending(root):
    """normalisasi, menormalisasi, dinormalisasikan …; only of a root that ends in a consonant."""
    if len(root) >= SHORTEST and root[-1] not in VOWELS:
        noun = root + LOAN_ENDING
        yield from (noun, f"ter{noun}", f"{with_nasal('pe', noun)}an")
        yield from (verb + end for verb in (f"di{noun}", with_nasal("me", noun)) for end in ("", "kan"))


def surely_without(base, ending):
    """The rest of an unknown word in me-…-kan, di-…-kan or pe-…-an; "" if it has no such form."""
    if ending == "kan" and base.startswith("di"):
        return base[2:]
    nasal = re.fullmatch(r"[mp]e(?:m|n|ng|ny)[a-z]+", base) and base.startswith({"kan": "me", "an": "pe"}[ending])
    rests = [rest for prefix, rest in _split(base) if prefix == base[:2]] if nasal else []
    return rests[-1] if rests else ""


def _split(base):
    """(Prefix, rest), for each first prefix that the word may have."""
    for prefix in _PLAIN:
        if base.startswith(prefix):
            yield prefix, base[len(prefix) :]
    for prefix in ("be", "te", "pe"):  # of be-kerja, te-percik, pe-kerja the r is lost
        if base.startswith(prefix):
            yield {"be": "ber", "te": "ter", "pe": "pe"}[prefix], base[2:]
    if base[:2] in ("me", "pe"):
        for pattern, firsts in _NASALS:
            if match := pattern.fullmatch(base, 2):
                yield from ((base[:2], first + match[1]) for first in firsts)


def with_nasal(prefix, root):
    """me- or pe- before a root: menulis, memukul, mengecat."""
    first = root[0]
    if sum(letter in VOWELS for letter in root) == 1:
        return f"{prefix}nge{root}"
    if first in "lmnrwy":
        return prefix + root
    if first in "tp" and root[1] in VOWELS:
        return prefix + {"t": "n", "p": "m"}[first] + root[1:]
    if first in "sk" and root[1] in VOWELS:
        return prefix + {"s": "ny", "k": "ng"}[first] + root[1:]
    if first in "bfpv":
        return f"{prefix}m{root}"
    return f"{prefix}{'n' if first in 'cdjstz' else 'ng'}{root}"


def derived(root, is_known):
    """Words that a text may make of a root, many of which no text has."""
    if len(root) < 2:
        return
    yield from _verbs_and_nouns(root) if is_known else _of_unknown(root)
    for ending in (*PARTICLES, "ku", "mu"):
        yield root + ending
    if is_known:
        yield from (f"{root}nya{ending}" for ending in PARTICLES[:3])
        yield from (f"{verb}{end}lah" for verb in (root, with_nasal("me", root)) for end in ("", "i", "kan"))


def _verbs_and_nouns(root):
    yield from (root + end for end in SUFFIXES)
    plain = {"pe", "me"} if root[0] in "lmnrwy" else {"pe"}
    active = {with_nasal(prefix, root) for prefix in ("me", "pe")} | {prefix + root for prefix in plain}
    if sum(letter in VOWELS for letter in root) > 1 and root[0] in "ptsk":
        active |= {f"{prefix}{_KEPT[root[0]]}{root}" for prefix in ("me", "pe")}  # mempunyai, mengkaji
    short = {prefix + root for prefix in ("be", "te", "pe")} if root[0] == "r" or root[1:3] == "er" else set()
    for prefix in ("di", "ter", "ber", "per", "ke", "se"):
        yield from (prefix + root + end for end in _ENDS[prefix])
    for word in active | short:
        kind = {"b": "ber", "t": "ter"}.get(word[0], word[:2])
        yield from (word + end for end in _ENDS[kind])
    for prefix in ("memper", "diper", "terper"):
        yield from (prefix + root + end for end in ("", "i", "kan"))
    for prefix in ("keber", "keter", "pember", "berke", "ketidak"):
        yield f"{prefix}{root}an"
    yield f"ke{with_nasal('pe', root)}an"
    yield from (f"{prefix}{root}kan" for prefix in ("member", "diber"))


_KEPT = {"p": "m", "t": "n", "s": "n", "k": "ng"}


def _of_unknown(root):
    yield root
    yield f"{with_nasal('me', root)}kan"
    yield f"di{root}kan"
    yield f"{with_nasal('pe', root)}an"
