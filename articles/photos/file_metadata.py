"""Metadata of a file, copied to the fields of its photo; and remarks for the sender about data that do not fit."""

import pathlib
import re

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import photo_metadata
from articles.models import Edition, Photo
from articles.photo_metadata.text import fitted

FILE_FIELDS = {
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
# Agencies write a number there, cameras the file's name: remarks on that would appear for too many pictures.
UNREMARKED = ("title", "headline")


def languages():
    """Languages of the editions; a caption in several languages is taken in the first of them."""
    return list(dict.fromkeys(Edition.objects.order_by("pk").values_list("language", flat=True)))


def read_metadata(file, languages):
    """The metadata of the file, for `Photo.from_file`."""
    metadata = photo_metadata.read(file, languages or ["id"])._asdict()
    metadata["created_at"] = metadata["created_at"].isoformat() if metadata["created_at"] else ""
    return {name: value for name, value in metadata.items() if value}


def fill(photo, filename=""):
    """Write the file's metadata into empty fields of `photo`; text that a person wrote stays (I2).

    Returns sentences for the sender: requests in the file, and data that do not fit the fields.
    """
    metadata = photo_metadata.Metadata(**{**photo.from_file, "created_at": None})
    cut = [name for name, value in _field_values(metadata).items() if _write(photo, name, value)]
    taken_at = parse_datetime(photo.from_file.get("created_at", ""))
    if taken_at and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    photo.taken_at = photo.taken_at or taken_at
    photo.title = photo.title or _title(metadata, filename)
    return [*_requests(metadata), *_left_out(metadata), *_cut(metadata, cut)]


def _field_values(metadata):
    """The file's metadata by field of the photo."""
    agency, photographer = photo_metadata.agency_and_photographer(metadata)
    return {
        "title": metadata.title or metadata.headline,
        "caption": metadata.caption,
        "alt": metadata.alt_text,
        "long_description": metadata.extended_description,
        "agency": agency,
        "photographer": photographer,
        "copyright": metadata.copyright,
        "source": metadata.source,
        "usage_terms": metadata.usage_terms,
        "web_statement": metadata.web_statement,
        "licensor_url": metadata.licensor_url,
        "digital_source_type": metadata.digital_source_name,
        "place": metadata.place,
        "country": metadata.country,
        "people": ", ".join(metadata.people),
        "keywords": ", ".join(metadata.keywords),
    }


def _write(photo, name, value):
    """Write into an empty field. Returns whether the value was too long; then it ends after a whole word."""
    if not value or getattr(photo, name):
        return False
    setattr(photo, name, shortened(name, value))
    return len(getattr(photo, name)) < len(value)


def shortened(name, value):
    """A text as a field of a photo stores it: whole, or cut after a word; a list is cut after an entry."""
    most = Photo._meta.get_field(name).max_length or len(value)
    return fitted(value, most, "," if name in ("people", "keywords") else r"\s")


def _title(metadata, filename):
    """A title for a photo without one: a caption of one line, or the file's name."""
    most = Photo._meta.get_field("title").max_length
    stem = re.sub(r"[\W_]+", " ", pathlib.PurePath(filename).stem).strip()
    caption = "" if "\n" in metadata.caption else metadata.caption
    return fitted(caption or stem or _("Photo"), most)


def _requests(metadata):
    """Requests of the sender, and a day without an hour."""
    if metadata.instructions:
        yield _("Instructions in the file: %s") % metadata.instructions
    if metadata.created_on:
        message = _("The file names a day without an hour, %(day)s: when it was taken stays empty.")
        yield message % {"day": metadata.created_on}


def _left_out(metadata):
    """Values that cannot stand in their field."""
    messages = {
        "web_statement": _("“%(text)s” is no web address: left out (%(field)s)."),
        "licensor_url": _("“%(text)s” is no web address: left out (%(field)s)."),
        "digital_source_type": _("“%(text)s” is not on the list of IPTC: left out (%(field)s)."),
    }
    by_machine = _("“%(text)s” was written by a camera or program: left out (%(field)s).")
    for name, written in metadata.left_out:
        if name not in UNREMARKED:
            yield messages.get(name, by_machine) % {"text": fitted(written, 200), "field": FILE_FIELDS[name]}


def _cut(metadata, cut):
    """Which fields have less text than the file."""
    names = [FILE_FIELDS[name] for name in metadata.cut] + [Photo._meta.get_field(name).verbose_name for name in cut]
    if names:
        yield _("Too long, and cut after a word: %(fields)s.") % {"fields": ", ".join(dict.fromkeys(map(str, names)))}
