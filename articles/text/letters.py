"""Rules for letters: which a text may have, when two names are equal, and slugs. Pure: strings in, strings out.

sound    letters that XML 1.0 and HTML allow: the rule of every text
line     one line: sound, without invisible letters, with single spaces
whole    surrogate halves, as JSON and some XML spell letters, joined to letters
prose    lines: sound, without letters that turn the direction of others; "" if nothing is visible
folded   the common form of all spellings of a name: Rusia, RUSIA and “Rusia” with an invisible letter
slug     ASCII, for the end of an address
"""

import functools
import re
import unicodedata
import uuid

from anyascii import anyascii

# Letters that XML 1.0 (https://www.w3.org/TR/xml/#charsets) or HTML forbids: C1 controls, noncharacters.
_FORBIDDEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_UNSOUND = re.compile(f"[{_FORBIDDEN}]")
# UTF-8 bytes that no forbidden letter has. Most long texts have only these, and bytes are checked twenty times as fast.
_SOUND_BYTES = bytes([*b"\t\n\r", *range(0x20, 0x7F), *sorted({*range(0x80, 0x100)} - {0xC2, 0xED, 0xEF})])
# Forbidden letters that separate words: cells, lines, columns, pages and records of word processors.
_ENDS = re.compile("[\x07\x0b\x0c\x0e\x1c-\x1e\x85]")

# Invisible letters: fillers, a blank of Braille, joiners, variation selectors; and the category Cf.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
_FORMAT = (
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a"
)
# Letters that modify emoji: https://www.unicode.org/reports/tr51/#Definitions
_PICTURE = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]\ufe0f?"
)
# The flags of England, Scotland and Wales end in invisible letters; no other such sequence is in general use.
_TAGS = ("".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls"))
_FLAG = f"\U0001f3f4(?:{'|'.join(_TAGS)})\U000e007f"
_INVISIBLE = re.compile(f"({_FLAG}|{_PICTURE}(?:\u200d{_PICTURE})*|[0-9#*]\ufe0f\u20e3)|[{_UNSEEN}{_FORMAT}]+")
_HAS_INVISIBLE = re.compile(f"[{_UNSEEN}{_FORMAT}]")
_HAS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_SEEN = re.compile(rf"[^\s{_UNSEEN}{_FORMAT}{_FORBIDDEN}]")
# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Signs typed in place of an apostrophe (Jum´at, ʻOkina), and the stroke that only makes Arabic words longer.
_AS_TYPED = str.maketrans({"\xb4": "'", "\u02b9": "'", "\u02bb": "'", "\u02bc": "'", "\u0640": None})
_LATIN_MARKS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_NO_SLUG = re.compile(r"[^a-z0-9_\s-]+")
_GAPS = re.compile(r"[\s-]+")
LONG = 300  # letters; longer texts are not cached, because anybody could fill the cache with them
SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"


def sound(text):
    """Without letters that XML forbids. A forbidden letter between words becomes a line break."""
    if not text.encode("utf-8", "surrogatepass").translate(None, _SOUND_BYTES) or not _UNSOUND.search(text):
        return text
    return _UNSOUND.sub("", _ENDS.sub("\n", text))


def whole(text):
    """Join two surrogate halves (UTF-16) to the letter meant. A half that stands alone becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def sound_within(value):
    """`sound` for every text in nested lists and dicts, as in JSON."""
    match value:
        case str():
            return sound(value)
        case dict():
            return {sound_within(key): sound_within(each) for key, each in value.items()}
        case list() | tuple():
            return [sound_within(each) for each in value]
    return value


def visible(text):
    """Without invisible letters, except those that join an emoji."""
    return _INVISIBLE.sub(lambda match: match[1] or "", text) if _HAS_INVISIBLE.search(text) else text


def line(text):
    """One line. `isprintable` knows controls and spaces, so few texts are checked letter by letter."""
    if (
        text.isprintable()
        and (text.isascii() or not _HAS_UNSEEN.search(text))
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
    ):
        return text
    return " ".join(visible(sound(text)).split())


def prose(text):
    """Lines of text without forbidden letters."""
    text = sound(text)
    return "" if is_blank(text) else _TURNING.sub("", text)


def is_blank(text):
    """Whether nothing is visible."""
    return not _SEEN.search(text)


def folded(name):
    """The common form of a name's spellings. Two names with the same form are equal.

    Compatible letters are one (NFKC), capitals are small, marks of Latin letters are left out (Pelé, Pele), and
    quotation marks and dashes are as on a typewriter. Other alphabets keep their marks, because they make other words.
    """
    if name.isascii():
        return line(name).lower()
    return (_folded if len(name) < LONG else _folded.__wrapped__)(name)


@functools.lru_cache(10_000)
def _folded(name):
    plain = visible(sound(name)).translate(_AS_TYPED)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", plain).translate(_AS_TYPED).casefold())
    plain = _LATIN_MARKS.sub("", plain)
    plain = "".join(sign if sign.isascii() else _typed(sign) for sign in plain)
    return line(unicodedata.normalize("NFKC", plain).casefold())


def _typed(sign):
    """A Latin letter or a mark between words in its plain form; other letters unchanged."""
    if unicodedata.name(sign, "").startswith("LATIN ") or unicodedata.category(sign) in ("Pd", "Pi", "Pf", "Po"):
        return anyascii(sign).casefold() or sign
    return sign


def slug(text, longest=None):
    """The end of an address: ASCII in small letters, made by transliteration. Never empty.

    If nothing is left, as of "???", letters and digits are derived from the text, the same each time.
    """
    return spelt(text, longest) or uuid.uuid5(uuid.NAMESPACE_OID, text.encode("utf-8", "replace").decode()).hex[:12]


def spelt(text, longest=None):
    """`slug`, but "" if nothing is left."""
    return (_spelt if len(text) < LONG else _spelt.__wrapped__)(text, longest)


@functools.lru_cache(10_000)
def _spelt(text, longest):
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFKC", visible(sound(text)).translate(_AS_TYPED)))
    return _GAPS.sub("-", _NO_SLUG.sub("", text.lower()))[:longest].strip("-_")
