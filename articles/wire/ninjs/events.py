"""A ninjs object of the type `event` or `planning` to an Event; also as Superdesk writes them. Pure."""

from django.utils.translation import gettext as _

from ..values.event import Event
from ..values.item import Item
from . import names
from .parts import lenient_datetime, literal, rows, whole, word
from .texts import LEADS, Texts

KINDS = {"event", "planning"}
CANCELLED = ("cancelled", "canceled", "killed", "recalled", "withdrawn", "spiked")
PICTURES = {"picture", "photo", "graphic", "video"}  # kinds of coverage for which somebody goes with a camera
_BEGINS = ("startdate", "start", "planning_date", "starttime", "date")
_ENDS = ("enddate", "end", "endtime")
_TOLD = ("definition_short", "definition_long", "description_text", "internal_note", "ednote")


def to_event(data, zone):
    """None if it has no id, no name or no time: nobody can be sent there."""
    texts, remarks = Texts(data), []
    uri, headline = word(data, "uri", "guid"), texts.headline() or word(data, "name", "slugline")
    begins_at = _time(data, _BEGINS, zone, remarks)
    if not (uri and headline and begins_at):
        return None
    sources = rows(data, "infosources", "infosource")
    found = Item(uri=uri, headline=headline)
    names.read_subjects(found, data, is_ours=False)
    return Event(
        uri=uri,
        headline=headline[:200],
        begins_at=begins_at,
        place=_place(data)[:80],
        brief="\n".join(dict.fromkeys(filter(None, _brief(data, texts, zone)))),
        wants_photo=any(_is_picture(row) for row in rows(data, "coverages")),
        is_cancelled=_is_cancelled(data),
        edition=literal(sources[0]) or word(sources[0], "name") if sources else "",
        section=found.section,
        version=whole(data.get("version"), 1),
        version_at=lenient_datetime(data, "versioncreated", zone, remarks),
        remarks=remarks,
    )


def _dated(data):
    """The objects that may hold its times: the details of ninjs, those of Superdesk, the object itself."""
    for row in (data.get("eventdetails"), data):
        if isinstance(row, dict):
            if isinstance(row.get("dates"), dict):
                yield row["dates"]
            yield row


def _time(data, names_of_time, zone, remarks):
    for row in _dated(data):
        for name in names_of_time:
            if word(row, name):
                return lenient_datetime(row, name, zone, remarks)
    return None


def _place(data):
    found = [word(row, "name", "value") for row in rows(data, "places", "place", "location")]
    return next(filter(None, found), "") or word(data, "located")


def _brief(data, texts, zone):
    yield texts.description(*LEADS)
    yield from (one.plain.strip() for one in texts.bodies)
    yield from (word(data, name) for name in _TOLD)
    if ends_at := _time(data, _ENDS, zone, []):
        yield _("until %(time)s") % {"time": f"{ends_at.astimezone(zone):%d-%m-%Y %H.%M}"}
    for row in (data.get("eventdetails"), data):
        organiser = row.get("organiser") if isinstance(row, dict) else None
        if isinstance(organiser, dict) and (name := word(organiser, "name")):
            yield _("organised by %(name)s") % {"name": name}


def _is_picture(row):
    planned = row.get("planning") if isinstance(row, dict) else None
    kind = word(planned, "g2_content_type", "type") if isinstance(planned, dict) else ""
    return (kind or (word(row, "type") if isinstance(row, dict) else "")).lower() in PICTURES


def _is_cancelled(data):
    details = data.get("eventdetails")
    told = [word(data, "pubstatus"), word(data, "state"), word(details, "eventstatus") if _is_row(details) else ""]
    return any(one.lower().rstrip("/").rpartition(":")[2].rpartition("/")[2] in CANCELLED for one in told)


def _is_row(value):
    return isinstance(value, dict)
