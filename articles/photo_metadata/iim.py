"""IPTC-IIM 4.2, the older form of photo metadata: Photoshop's resource blocks, datasets, character sets. Pure.

Pillow's `getiptcinfo` is not used: it keeps one of several resource blocks, raises on unknown ones, takes a
length over 132 for an error in some cases, and does not decode texts.
"""

import hashlib
import re
from collections import defaultdict
from itertools import islice

MOST_BLOCKS, MOST_DATASETS, LONGEST_VALUE = 5, 2_000, 20_000
FIELDS = {  # record 2, by dataset
    5: "title",  # Object Name
    25: "keywords",
    40: "instructions",
    80: "creator",
    90: "city",
    92: "sublocation",
    95: "province",
    101: "country",
    105: "headline",
    110: "credit_line",
    115: "source",
    116: "copyright",
    120: "caption",
}
CHARACTER_SET, DATE_CREATED, TIME_CREATED = (1, 90), (2, 55), (2, 60)
UTF8 = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")
LATIN1 = (b"\x1b.A", b"\x1b-A")
_BLOCK = re.compile(rb"8BIM\x04\x04")  # resource 0x0404 of a Photoshop image resource block: IPTC-IIM
_DIGEST = re.compile(rb"8BIM\x04\x25")  # and the MD5 of that block
# The standard's limits in octets; programs that obey it cut texts there.
LIMITS = {
    "title": 64, "keywords": 64, "instructions": 256, "creator": 32, "city": 32, "sublocation": 32, "province": 32,
    "country": 64, "headline": 256, "credit_line": 32, "source": 32, "copyright": 128, "caption": 2000,
}  # fmt: skip


def is_newer(blocks, resources):
    """Whether the IIM was changed after the XMP was written.

    By the guideline of the Metadata Working Group, a program that writes both also stores the MD5 of the IIM. A program
    that knows only IIM leaves that MD5 unchanged. Without an MD5, the XMP is taken for the newer one.
    """
    digest = next((body for body in _resources(_DIGEST, resources) if len(body) == 16), None)
    return digest is not None and all(
        hashlib.md5(block, usedforsecurity=False).digest() != digest
        for whole in blocks
        for block in (whole, whole.rstrip(b"\0"))  # a TIFF pads it
    )


def whole(texts, other):
    """`texts` without those that the standard's limit cut, if `other` has the longer text."""
    return {field: values for field, values in texts.items() if not _is_cut(field, values, other.get(field, []))}


def _is_cut(field, values, other):
    """Whether the first text fills its dataset, and the other one continues it."""
    said, longer = (" ".join(each[0].split()) if each else "" for each in (values, other))
    return len(said.encode()) >= LIMITS.get(field, LONGEST_VALUE) - 3 and longer.startswith(said)


def blocks(resources):
    return _resources(_BLOCK, resources)


def _resources(kind, resources):
    """The bodies of the resources of a kind. They are found by their mark, because bytes before them may be broken."""
    for mark in islice(kind.finditer(resources), MOST_BLOCKS):
        start = mark.end()
        start += (resources[start : start + 1] or b"\0")[0] // 2 * 2 + 2  # the name, padded to an even length
        size = int.from_bytes(resources[start : start + 4], "big")
        yield resources[start + 4 : start + 4 + size]


def read(blocks):
    """Texts by field of every IIM block, the first block's first."""
    texts = defaultdict(list)
    for block in blocks:
        datasets = list(islice(_datasets(block), MOST_DATASETS))
        decode = _decoder(datasets)
        once = dict(reversed(datasets))
        for (record, dataset), value in datasets:
            if record == 2 and dataset in FIELDS:
                texts[FIELDS[dataset]].append(decode(value))
        day, hour = decode(once.get(DATE_CREATED, b"")).strip(), decode(once.get(TIME_CREATED, b"")).strip()
        texts["created_at"] += [f"{day}T{hour}", day]
    return texts


def _datasets(block):
    """((record, dataset), value) of each dataset, up to the first broken one."""
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        record, dataset, size = block[at + 1], block[at + 2], int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # an extended dataset: this is the number of bytes of the length
            at, size = at + (size & 0x7FFF), int.from_bytes(block[at : at + min(size & 0x7FFF, 8)], "big")
        yield (record, dataset), block[at : at + min(size, LONGEST_VALUE)]
        at += size


def _decoder(datasets):
    """A function that decodes the texts of a block.

    Dataset 1:90 says UTF-8 or Latin-1; without it, UTF-8 if all texts are valid, else that of Windows or old Macs.
    """
    marked = next((value for key, value in datasets if key == CHARACTER_SET), b"")
    texts = [value for (record, _), value in datasets if record == 2 and not value.isascii()]
    eight_bit = "cp1252" if marked in LATIN1 else _eight_bit(texts)

    def decode(value):
        if marked not in LATIN1:
            try:
                return value.decode()
            except UnicodeDecodeError as error:
                if error.reason == "unexpected end of data":  # cut within a letter, at the field's length
                    return value[: error.start].decode()
        return value.decode(eight_bit, "ignore")

    return decode


def _eight_bit(texts):
    """cp1252 (Latin-1 with curly quotes) or mac_roman: the one that turns `texts` into better words."""
    worth = {}
    for name in ("cp1252", "mac_roman"):
        text = " ".join(value[:2000].decode(name, "replace") for value in texts[:50])
        worth[name] = sum(_fits(*text[at - 1 : at + 2]) for at in range(1, len(text) - 1) if not text[at].isascii())
    return max(worth, key=worth.get)


def _fits(before, letter, after):
    """1 for a small letter within a word, −1 for a capital after a small letter or a sign between letters, else 0."""
    if letter.islower():
        return int(before.isalpha() or after.isalpha())
    if letter.isupper():
        return -int(before.islower())
    return -int(before.isalpha() and after.isalpha() and letter != "’")
