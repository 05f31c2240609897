"""The metadata of a picture file (rules.md I1), and the rights that its renditions carry (I3). Pure.

XMP wins over IPTC-IIM, which wins over EXIF, field by field; IIM that was changed after the XMP wins over it. Fields
have the names of the IPTC Photo Metadata Standard 2021.1. No file makes it raise, and every value is cleaned and
bounded, because the sender controls the file.
"""

import contextlib
import io
import re
from datetime import datetime
from typing import NamedTuple

from . import containers, iim, machine, text, xmp
from .credits import agency_and_photographer
from .xmp import rights_xmp

__all__ = ["Metadata", "agency_and_photographer", "read", "rights_xmp"]

MOST_KEYWORDS = 100
GENERATED = r"^(trainedAlgorithmicMedia|algorithmicMedia|trainedAlgorithmicData|composite)"  # NewsCodes, in any case
DRAWN = {"digitalcreation", "digitalart"}  # drawn by a person with a program, by the names of NewsCodes now and before
IN_LINES = ("caption", "usage_terms", "extended_description", "instructions")
LISTS = ("keywords", "people")
PROSE = ("title", "headline", "caption", "alt_text", "extended_description")  # written by a person, not by a machine
TURNS = {"web_statement": text.address, "licensor_url": text.address, "digital_source_type": text.source_type}
PLACE = ("sublocation", "city", "province", "country")


class Metadata(NamedTuple):
    """The fields of a picture file; empty if the file does not have them."""

    creator: str = ""  # By-line; several are joined by ", "
    credit_line: str = ""
    copyright: str = ""  # Copyright Notice
    caption: str = ""  # Description
    headline: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # Person Shown in the Image
    created_at: datetime | None = None  # aware if the file names an offset; else naive, in the local time of the place
    city: str = ""
    country: str = ""
    source: str = ""
    usage_terms: str = ""  # Rights Usage Terms
    alt_text: str = ""  # Alt Text (Accessibility)
    extended_description: str = ""  # Extended Description (Accessibility)
    web_statement: str = ""  # Web Statement of Rights, an http address
    licensor_url: str = ""  # an http address
    digital_source_type: str = ""  # a URI of IPTC's NewsCodes
    instructions: str = ""
    title: str = ""  # Title, Object Name
    created_on: str = ""  # 2023-10-19, 2023-10 or 2023, if the file names no hour
    sublocation: str = ""
    province: str = ""  # Province or State
    left_out: tuple[tuple[str, str], ...] = ()  # (field, text): values of the file that are invalid in their field
    cut: tuple[str, ...] = ()  # fields that were longer in the file

    @property
    def digital_source_name(self):
        """The short name of the Digital Source Type: "trainedAlgorithmicMedia"."""
        return self.digital_source_type.rstrip("/").rpartition("/")[2]

    @property
    def is_generated_or_composite(self):
        """Whether the Digital Source Type forces the AI label (rules.md I7)."""
        return bool(re.match(GENERATED, self.digital_source_name, re.I))

    @property
    def is_drawn(self):
        """Whether the Digital Source Type says that it is no photograph, but a drawing by a person."""
        return self.digital_source_name.lower() in DRAWN

    @property
    def place(self):
        """Sub-location, city and province, each once."""
        parts = {part.casefold(): part for part in (self.province, self.city, self.sublocation) if part}
        return ", ".join(reversed(parts.values()))


def read(file, languages=("id",)):
    """The Metadata of a picture, given as bytes or as a binary file. The file's position is then at its start.

    Of texts in several languages, the first of `languages` is taken.
    """
    sources = []
    with contextlib.suppress(Exception):
        file = io.BytesIO(file) if isinstance(file, (bytes, bytearray, memoryview)) else file
        file.seek(0)
        with containers.opened(file) as image:
            sources = _sources(image, languages)
    with contextlib.suppress(Exception):
        file.seek(0)
    name = getattr(file, "name", "")
    return _Choice(sources, name if isinstance(name, str) else "").metadata()


def _sources(image, languages):
    """Texts by field of each kind of metadata in `image`, in the order of precedence."""
    by_xmp, by_iim, others, is_newer = {}, {}, [], False
    with contextlib.suppress(Exception):
        by_xmp = containers.xmp_texts(image, languages)
    with contextlib.suppress(Exception):
        by_iim, is_newer = containers.iim_texts(image)
    for texts in (containers.exif_texts, containers.png_texts):
        with contextlib.suppress(Exception):
            others.append(texts(image))
    sources = [iim.whole(by_iim, by_xmp), by_xmp] if is_newer else [by_xmp, by_iim]
    return _in_one_place([*sources, *others])


def _in_one_place(sources):
    """The sources, without the place of a source that contradicts an earlier one."""
    place, fitting = {}, []
    for source in sources:
        said = {part: source[part][0] for part in PLACE if any(map(str.strip, source.get(part, [])[:1]))}
        if not xmp.fits(place, said):
            source = {field: texts for field, texts in source.items() if field not in PLACE}
            said = {}
        place = said | place
        fitting.append(source)
    return fitting


class _Choice:
    """Chooses a value for each field, and records texts that were left out or cut."""

    def __init__(self, sources, file_name):
        self.sources, self.file_name = sources, file_name
        self.camera = [text.line(name, 100) for source in sources for name in source.get("camera", [])[:9]]
        self.left_out, self.cut = [], []

    def metadata(self):
        values = {field: self.value(field) for field in Metadata._fields if field not in ("left_out", "cut")}
        if values["created_at"]:
            values["created_on"] = ""
        left_out = [(field, said) for field, said in dict.fromkeys(self.left_out) if not values[field]]
        return Metadata(**values, left_out=tuple(left_out), cut=tuple(dict.fromkeys(self.cut)))

    def value(self, field):
        """The field's value in the first source that has one."""
        if field in ("created_at", "created_on"):
            return self.created(field)
        of_kind = self.several if field in LISTS else self.creator if field == "creator" else self.one
        values = (of_kind(field, source.get(field, [])) for source in self.sources)
        return next(filter(None, values), Metadata._field_defaults[field])

    def created(self, field):
        """The time, or only the day. The first source with a day decides; a later one may add the hour of that day."""
        said = [written for source in self.sources for written in source.get("created_at", [])]
        day = next(filter(None, map(text.day, said)), "")
        times = list(filter(None, map(text.date_time, said)))
        first = next((written for written in said if text.date_time(written) or text.day(written)), "")
        if not text.date_time(first):
            times = [when for when in times if when.date().isoformat().startswith(day)]
        return day if field == "created_on" else next(iter(times), None)

    def one(self, field, texts):
        """The first text that is valid in the field."""
        for written in texts:
            said = self.tidied(field, written)
            if not said:
                continue
            turn = TURNS.get(field)
            value = turn(written) if turn else said
            if value and not (field in PROSE and machine.wrote(value, self.camera, self.file_name)):
                return value
            self.left_out.append((field, said))
        return ""

    def creator(self, field, texts):
        """The by-line without cameras, joined by ", "."""
        people = [name for name in self.several(field, texts) if not machine.is_camera(name, self.camera)]
        whole = ", ".join(people)
        return self.fitted(field, whole)

    def several(self, field, texts):
        """Up to `MOST_KEYWORDS` texts without duplicates that differ in case only; a single text is split."""
        if len(texts) == 1 and field in LISTS:
            texts = re.split("[,;]", self.fitted(field, texts[0], r"[,;]"))
        values = {}
        for value in filter(None, (self.tidied(field, each) for each in texts)):
            if len(values) < MOST_KEYWORDS:
                values.setdefault(value.casefold(), value)
            elif value.casefold() not in values:
                self.cut.append(field)
                break
        return tuple(values.values())

    def tidied(self, field, written):
        """A text within its bounds; "" if it says nothing."""
        turn = text.lines if field in IN_LINES else text.line
        value = turn(written, text.LONGEST_TEXT * 4)  # `fitted` cuts it further and records that
        return "" if text.says_nothing(value) else self.fitted(field, value)

    def fitted(self, field, value, ends=r"\s"):
        if len(value) > text.LONGEST_TEXT:
            self.cut.append(field)
        return text.fitted(value, text.LONGEST_TEXT, ends)
