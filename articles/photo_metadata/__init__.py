"""What a picture file says of itself (rules.md I1), and the rights that its renditions carry (I3). Pure.

XMP wins over IPTC-IIM, which wins over EXIF, field by field. Fields bear the names of the IPTC Photo Metadata
Standard 2021.1. Whatever the file, nothing raises and every value is tidied and bounded: a file is the sender's.
"""

import contextlib
import io
import re
from datetime import datetime
from typing import NamedTuple

from PIL import Image

from . import containers, text
from .xmp import rights_xmp

__all__ = ["Metadata", "agency_and_photographer", "read", "rights_xmp"]

MOST_KEYWORDS = 100
GENERATED = r"^(trainedAlgorithmicMedia|algorithmicMedia|trainedAlgorithmicData|composite)"  # NewsCodes, in any case
IN_LINES = ("caption", "usage_terms", "extended_description", "instructions")
TURNS = {"web_statement": text.address, "licensor_url": text.address, "digital_source_type": text.source_type}
_AGENCY = re.compile(
    r"(?:AFP|AP|EPA|EFE|DPA|PTI|TASS|ANTARA|Reuters|Getty|Xinhua|Anadolu|Bloomberg|Kyodo|Jiji|Sputnik|Tempo|Shutterstock"
    r"|Kompas|Tribun\w*|NurPhoto|ZUMA|SOPA|Sipa)(?:[ .-](?:foto|photos?|images|press|news|agency|network|com|id|efe))*"
    r"(?: via .*)?",
    re.I,
)
_LEAD = re.compile(r"(?:photo|foto|credit|kredit)(?:\s+(?:by|oleh)\b\s*:?|\s*:)\s*", re.I)
_INITIALS = re.compile(r"[a-z]{2,5}\.?|[A-Za-z]{2,5}\.")


class Metadata(NamedTuple):
    """The fields of a picture file; empty where the file is silent."""

    creator: str = ""  # By-line; several are joined by ", "
    credit_line: str = ""
    copyright: str = ""  # Copyright Notice
    caption: str = ""  # Description
    headline: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # Person Shown in the Image
    created_at: datetime | None = None  # aware if the file names an offset; else naive, on the clock of the place
    city: str = ""
    country: str = ""
    source: str = ""
    usage_terms: str = ""  # Rights Usage Terms
    alt_text: str = ""  # Alt Text (Accessibility)
    extended_description: str = ""  # Extended Description (Accessibility)
    web_statement: str = ""  # Web Statement of Rights, an http address
    licensor_url: str = ""  # an http address
    digital_source_type: str = ""  # a URI, of IPTC's NewsCodes as a rule
    instructions: str = ""

    @property
    def digital_source_name(self):
        """The short name of the Digital Source Type: "trainedAlgorithmicMedia"."""
        return self.digital_source_type.rstrip("/").rpartition("/")[2]

    @property
    def is_generated_or_composite(self):
        """Whether the Digital Source Type forces the AI label (rules.md I7)."""
        return bool(re.match(GENERATED, self.digital_source_name, re.I))


def read(file):
    """The Metadata of a picture, given as bytes or as a binary file, which is left at its start."""
    sources = []
    with contextlib.suppress(Exception):
        file = io.BytesIO(file) if isinstance(file, (bytes, bytearray, memoryview)) else file
        file.seek(0)
        with Image.open(file, formats=containers.TAKEN) as image:
            for texts in (containers.xmp_texts, containers.iim_texts, containers.exif_texts):
                with contextlib.suppress(Exception):
                    sources.append(texts(image))
    with contextlib.suppress(Exception):
        file.seek(0)
    return Metadata(**{field: _value(field, sources) for field in Metadata._fields})


def _value(field, sources):
    """A field's value in the first of `sources` that has one."""
    turn = TURNS.get(field, text.lines if field in IN_LINES else text.line)
    for found in (source.get(field, []) for source in sources):
        if field == "created_at":
            value = next(filter(None, map(text.moment, found)), None)
        elif field == "creator":
            value = ", ".join(_several(found))[: text.LONGEST_TEXT]
        elif field in ("keywords", "people"):
            value = _several(re.split("[,;]", found[0][: text.LONGEST_TEXT]) if len(found) == 1 else found)
        else:
            value = next(filter(None, map(turn, found)), "")
        if value:
            return value
    return Metadata._field_defaults[field]


def _several(found):
    """Up to `MOST_KEYWORDS` of the texts, each once however it is capitalised."""
    kept = {}
    for value in map(text.line, found):
        if value and len(kept) < MOST_KEYWORDS:
            kept.setdefault(value.casefold(), value)
    return tuple(kept.values())


def agency_and_photographer(metadata):
    """The agency and the photographer that credit line and by-line name: "AFP/BAY ISMOYO" is AFP, BAY ISMOYO.

    House convention of the seed and of the agencies: agency, photographer, an editor's initials ("ANTARA FOTO/Nama
    Orang/foc."). Known agencies are recognised in any place; else the first name is the agency.
    """
    credit, creator = (_LEAD.sub("", value, count=1).strip() for value in (metadata.credit_line, metadata.creator))
    if not credit and any(map(_AGENCY.fullmatch, _parts(creator))):
        credit, creator = creator, ""
    parts = _parts(credit)
    if not parts:
        return "", creator
    agencies = [part for part in parts if _AGENCY.fullmatch(part)]
    is_creator = [part for part in parts if part.casefold() == creator.casefold() and part not in agencies]
    if not agencies:
        agencies = [part for part in parts if part not in is_creator][:1]
    people = is_creator or [part for part in parts if part not in agencies] or [creator]
    agency = "/".join(agencies)
    return agency, people[0] if people[0].casefold() != agency.casefold() else ""


def _parts(credit):
    """The names in a credit, without an editor's initials at its end and without signs that stand for nobody."""
    split = [credit] if "://" in credit else credit.split("/")
    parts = [part for part in map(str.strip, split) if re.search(r"\w", part)]
    while len(parts) > 1 and _INITIALS.fullmatch(parts[-1]) and (len(parts) > 2 or parts[-1].endswith(".")):
        parts.pop()
    return parts
