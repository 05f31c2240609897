"""The first sentence of a text, for summaries. Pure."""

import re

LONGEST = 300  # letters; a longer sentence is cut at a word

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_WRITTEN_SHORT = """
    bpk dr dra drs hj hlm ir jl jr kab kec kel kh kol letjen mayjen mgr mr mrs ms pdt pol prof prov rm rp sdr sdri sr st
    tgk tgl tn ny nn vs yth brigjen irjen komjen kombes kompol akbp akp ipda iptu aiptu aipda bripka kapt lettu letda
    letkol serda serka gg hon rev gov lt capt sgt
"""
_ABBREVIATIONS = set(_WRITTEN_SHORT.split())


def first(text):
    """The first sentence of one line of text, cut if it is longer than `LONGEST`."""
    start = text[: LONGEST + 1]
    for end in _END.finditer(f"{start} " if start == text else start):
        if _is_end(start[: end.start()], start[end.start()], start[end.end() :].lstrip()[:1]):
            return start[: end.end()]
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def _is_end(before, sign, after):
    """Whether a sentence ends at this sign: not after "Dr.", an initial or "M.Si.", nor before a small letter."""
    if after.islower():
        return False
    if sign != ".":
        return True
    word = before.rpartition(" ")[2].lstrip("(\"'“‘")
    letters_only = word.replace(".", "")
    is_short = letters_only.isalpha() and ("." in word or len(word) == 1 or word.lower() in _ABBREVIATIONS)
    return not after or not is_short
