"""One ninjs object of any version to an Item, a Picture, an Event, or a Passed."""

import datetime
import re

from django.utils.translation import gettext as _

from articles import photo_metadata
from articles.models.correction import Kind, Reason
from articles.models.label import Label

from ..values import story_fields
from ..values.item import Item, Notice, Passed, Refusal, RunningStory
from ..values.times import UnknownZone, parse_datetime
from . import events, names
from .parts import lenient_datetime, literal, normalised, relation, rows, unknown_zone, whole, word
from .pictures import Pictures, by_itself, source_type
from .texts import LEADS, Texts

STORIES = {"text", "composite", "article", "news", "story", ""}
PICTURES = {"picture", "graphic", "photo", "image"}
STATES = {"": "released", "usable": "released", "corrected": "released"} | dict.fromkeys(
    ["canceled", "cancelled", "killed", "recalled", "withdrawn"], "withdrawn"
)
DUTIES = {"about-suicide": "is_about_suicide", "involves-child": "involves_child"}  # subjects with rel "duty"
_ADDRESS = re.compile(r"(?:https?://[^/]+)?/([0-9]{4})/([0-9]{2})/([0-9]{2})/([-\w]{1,160})/")


def to_entry(source, zone):
    """The Item, Picture, Event or Passed of one ninjs object. Raises Refusal for an invalid story or picture."""
    data = normalised(source)
    if not isinstance(data, dict):
        raise Refusal(_("It is no ninjs object."))
    kind = str(data.get("type") or "").strip().lower()
    if kind in PICTURES:
        entry = by_itself(data, zone)
        entry.version_at = _time(data, zone, entry.remarks, "versioncreated")
        entry.state = _state(data, entry.remarks)
    elif kind in STORIES and not (kind == "composite" and not Texts(data).bodies):
        entry = _to_item(data, zone)
    elif kind not in events.KINDS or (entry := events.to_event(data, zone)) is None:
        return Passed(_type_name(kind), _title(data))
    entry.source = source
    return entry


def _type_name(kind):
    """The readable name of a type that is neither a story nor a picture."""
    known = {
        "event": _("event"), "planning": _("planning"), "video": _("video"), "audio": _("audio"),
        "composite": _("package without a text"), "component": _("component"),
    }  # fmt: skip
    return known.get(kind) or kind[:40]


def _title(data):
    return (Texts(data).headline() or word(data, "name", "uri"))[:200]


def _to_item(data, zone):
    uri = word(data, "uri", "guid")
    if not uri:
        raise Refusal(_("It has no uri."))
    is_ours = _is_ours(data, uri)
    texts = Texts(data, is_ours=is_ours)
    headline = texts.headline()
    if not headline:
        raise Refusal(_("It has no headline."))
    item = Item(uri=uri, headline=headline)
    item.state = _state(data, item.remarks)
    _read_times(item, data, zone)
    _read_words(item, data, texts)
    if kind := source_type(data):
        item.is_made_with_ai = photo_metadata.Metadata(digital_source_type=kind).is_generated_or_composite
    sources = rows(data, "infosources", "infosource")
    item.edition = literal(sources[0]) or word(sources[0], "name") if sources else ""
    names.read_people(item, data, is_ours)
    names.read_subjects(item, data, is_ours)
    _read_duties_and_series(item, data)
    _read_other_ids(item, data)
    pictures = _read_associations(item, data, zone, is_ours)
    if is_ours:
        item.body = texts.ours()
    else:
        item.body, item.pictures, remarks = texts.body(headline, pictures.of_image, base=uri if "://" in uri else "")
        item.remarks += remarks
        names.read_note(item, data, texts.left_out(item.body))
    pictures.place(item)
    return item


def _is_ours(data, uri):
    """Whether writing.py of a newsroom like this one wrote it: its text is a valid body, its slugs can be used."""
    return uri.startswith("urn:uuid:") and any(word(row, "role") == "address" for row in rows(data, "altids"))


def _state(data, remarks):
    status = word(data, "pubstatus").lower().rpartition(":")[2]
    if status not in STATES and status not in ("withheld", "withhold"):
        remarks.append(_("Its status “%(status)s” is unknown: taken as a draft.") % {"status": status[:40]})
    return STATES.get(status, "draft")


def _time(data, zone, remarks, *keys):
    written = word(data, *keys)
    name = next((key for key in keys if word(data, key)), keys[0])
    try:
        at, has_zone = parse_datetime(written, zone)
    except UnknownZone as error:
        remarks.append(unknown_zone(name, written, error))
        return None
    except ValueError:
        params = {"name": name, "date": written[:40]}
        raise Refusal(_("Its %(name)s is no date that we can read: %(date)s.") % params) from None
    if not has_zone:
        remarks.append(_("a date without zone"))
    return at


def _read_times(item, data, zone):
    def read_one(*keys):
        at = _time(data, zone, item.remarks, *keys)
        if at is None and word(data, *keys) and item.state == "released":
            item.state = "draft"  # the time of its publication is unknown
        return at

    item.version, item.version_at = whole(data.get("version"), 1), read_one("versioncreated")
    item.first_published_at = read_one("firstpublished", "firstcreated")
    item.publish_at = read_one("contentcreated") or item.first_published_at or item.version_at
    item.embargo_until = read_one("embargoeduntil", "embargoed")
    item.expires_at = read_one("expires")


def _read_words(item, data, texts):
    item.short_headline, item.kicker = texts.headline("short"), texts.headline("kicker")
    item.standfirst = texts.description(*LEADS)
    item.source_line, item.ai_note = texts.description("source-line"), texts.description("ai-note")
    item.further = {one.name: text for one in story_fields.FURTHER if (text := texts.description(role(one.name)))}
    item.slug, item.place = word(data, "slugline"), word(data, "located")
    item.urgency = min(9, max(1, whole(data.get("urgency", data.get("priority")), 5)))
    item.language = word(data, "language")
    item.copyright_holder = word(data, "copyrightholder")
    genres = [
        one.lower()
        for row in rows(data, "genres", "genre")
        for one in (literal(row), word(row, "name"), word(row, "uri").rpartition("/")[2])
    ]
    item.label = next((genre for genre in genres if genre in Label.values), Label.NEWS.value)


def role(name):
    """The role of a description that holds a story field without a place in ninjs."""
    return name.replace("_", "-")


def _read_duties_and_series(item, data):
    for row in rows(data, "subjects", "subject"):
        if relation(row) == "duty" and (duty := DUTIES.get(literal(row))):
            setattr(item, duty, True)
    for row in rows(data, "events", "event"):
        if relation(row) == "series" and (name := word(row, "name")):
            details = data.get("eventdetails")
            dates = details.get("dates") if isinstance(details, dict) else {}
            first = word(dates, "startdate") if isinstance(dates, dict) else ""
            item.series = RunningStory(name, literal(row), _day(first[:10]))


def _day(written):
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _read_other_ids(item, data):
    for row in rows(data, "altids"):
        role, match = word(row, "role", "name"), _ADDRESS.fullmatch(word(row, "value"))
        day = _day("-".join(match.groups()[:3])) if match else None
        if role == "address" and day:
            item.day, item.slug = day, match[4]
        elif role == "formerAddress" and day:
            item.former.append((day, match[4]))


def _read_associations(item, data, zone, is_ours):
    """Read corrections and verifications; return the Pictures. Any other association adds a remark."""
    pictures = []
    for row in rows(data, "associations"):
        rel, kind = word(row, "rel"), word(row, "type").lower()
        if kind in PICTURES or (not kind and rows(row, "renditions")):
            pictures.append(row)
        elif rel in ("correction", "withdrawal"):
            item.corrections.append(_notice(row, rel, zone))
        elif rel == "verifiedIn":
            item.verified_in = word(row, "uri")
        elif rel == "verifies":
            item.verifies.append(word(row, "uri"))
        else:
            sentence = _("something of type “%(type)s” that came along is left out")
            item.remarks.append(sentence % {"type": kind or "?"})
    found_pictures = Pictures(pictures, zone, is_ours=is_ours)
    item.remarks += found_pictures.remarks
    return found_pictures


def _notice(row, rel, zone):
    at = lenient_datetime(row, "versioncreated", zone, [])
    kinds = [kind for kind in map(literal, rows(row, "genres")) if kind in Kind.values]
    reasons = [reason for reason in map(literal, rows(row, "subjects")) if reason in Reason.values]
    kind = Kind.WITHDRAWAL.value if rel == "withdrawal" else (kinds or [Kind.CORRECTION.value])[0]
    text = "\n".join(word(one, "value") for one in rows(row, "bodies"))
    if at is None or not (word(row, "uri") and (text or kind == Kind.WITHDRAWAL)):
        raise Refusal(_("A correction in it has no uri, no time or no text."))
    reason = (reasons or [Reason.OTHER.value])[0] if kind == Kind.WITHDRAWAL else ""
    return Notice(word(row, "uri"), kind, text, at, reason)
