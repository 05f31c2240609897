"""What a file says of itself, in the fields of its photo; and what of it has no place there, for whoever sent it."""

import pathlib
import re

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import photo_metadata
from articles.models import Edition, Photo
from articles.photo_metadata.text import fitted

SAID_BY_FILE = {
    "title": gettext_lazy("title"),
    "headline": gettext_lazy("headline"),
    "caption": gettext_lazy("caption"),
    "alt_text": gettext_lazy("alternative text"),
    "extended_description": gettext_lazy("extended description"),
    "creator": gettext_lazy("photographer"),
    "credit_line": gettext_lazy("credit"),
    "copyright": gettext_lazy("copyright notice"),
    "source": gettext_lazy("source"),
    "usage_terms": gettext_lazy("usage terms"),
    "web_statement": gettext_lazy("web statement of rights"),
    "licensor_url": gettext_lazy("licensor"),
    "digital_source_type": gettext_lazy("how it was made"),
    "instructions": gettext_lazy("instructions"),
    "created_at": gettext_lazy("taken"),
    "created_on": gettext_lazy("day taken"),
    "sublocation": gettext_lazy("location"),
    "city": gettext_lazy("place"),
    "province": gettext_lazy("province or state"),
    "country": gettext_lazy("country"),
    "people": gettext_lazy("people in the picture"),
    "keywords": gettext_lazy("keywords"),
}
# Agencies write their number there, cameras the file's name: of too many pictures to speak of each.
NOT_WORTH_TELLING = ("title", "headline")


def languages():
    """Those of the editions: in the first of them a caption is taken that a file has in several."""
    return list(dict.fromkeys(Edition.objects.order_by("pk").values_list("language", flat=True)))


def said_by(file, languages):
    """What the file says, for `Photo.from_file`."""
    said = photo_metadata.read(file, languages or ["id"])._asdict()
    said["created_at"] = said["created_at"].isoformat() if said["created_at"] else ""
    return {name: value for name, value in said.items() if value}


def fill(photo, filename=""):
    """Write what the file says of itself into the fields of `photo` that are empty; what somebody wrote stays (I2).

    Returns sentences for whoever sends it: what the file asks for, and what of it has no place in the fields.
    """
    said = photo_metadata.Metadata(**{**photo.from_file, "created_at": None})
    cut = [name for name, value in _wanted(said).items() if _write(photo, name, value)]
    taken_at = parse_datetime(photo.from_file.get("created_at", ""))
    if taken_at and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    photo.taken_at = photo.taken_at or taken_at
    photo.title = photo.title or _title(said, filename)
    return [*_asked(said), *_left_out(said), *_cut(said, cut)]


def _wanted(said):
    """What the file says, by the photo's fields."""
    agency, photographer = photo_metadata.agency_and_photographer(said)
    return {
        "title": said.title or said.headline,
        "caption": said.caption,
        "alt": said.alt_text,
        "long_description": said.extended_description,
        "agency": agency,
        "photographer": photographer,
        "copyright": said.copyright,
        "source": said.source,
        "usage_terms": said.usage_terms,
        "web_statement": said.web_statement,
        "licensor_url": said.licensor_url,
        "digital_source_type": said.digital_source_name,
        "place": said.place,
        "country": said.country,
        "people": ", ".join(said.people),
        "keywords": ", ".join(said.keywords),
    }


def _write(photo, name, value):
    """Write into a field that is empty. Whether the value was too long for it: then it ends after a whole word."""
    if not value or getattr(photo, name):
        return False
    setattr(photo, name, shortened(name, value))
    return len(getattr(photo, name)) < len(value)


def shortened(name, value):
    """A text as a field of a photo keeps it: whole, or cut after a word; of a list, after one of its entries."""
    most = Photo._meta.get_field(name).max_length or len(value)
    return fitted(value, most, "," if name in ("people", "keywords") else r"\s")


def _title(said, filename):
    """How the picture is found that has no title of its own: a caption of one line, or its file's name."""
    most = Photo._meta.get_field("title").max_length
    stem = re.sub(r"[\W_]+", " ", pathlib.PurePath(filename).stem).strip()
    caption = "" if "\n" in said.caption else said.caption
    return fitted(caption or stem or _("Photo"), most)


def _asked(said):
    """What the sender asks for, and a day that is no hour."""
    if said.instructions:
        yield _("Instructions in the file: %s") % said.instructions
    if said.created_on:
        told = _("The file names a day without an hour, %(day)s: when it was taken stays empty.")
        yield told % {"day": said.created_on}


def _left_out(said):
    """What the file says in a place where it cannot stand."""
    told = {
        "web_statement": _("“%(text)s” is no web address: left out (%(field)s)."),
        "licensor_url": _("“%(text)s” is no web address: left out (%(field)s)."),
        "digital_source_type": _("“%(text)s” is not on the list of IPTC: left out (%(field)s)."),
    }
    by_machine = _("“%(text)s” was written by a camera or program: left out (%(field)s).")
    for name, written in said.left_out:
        if name not in NOT_WORTH_TELLING:
            yield told.get(name, by_machine) % {"text": fitted(written, 200), "field": SAID_BY_FILE[name]}


def _cut(said, cut):
    """Which fields hold less than the file says."""
    names = [SAID_BY_FILE[name] for name in said.cut] + [Photo._meta.get_field(name).verbose_name for name in cut]
    if names:
        yield _("Too long, and cut after a word: %(fields)s.") % {"fields": ", ".join(dict.fromkeys(map(str, names)))}
