"""One ninjs object, of any version, to an Item."""

import datetime
import html
import re

from django.utils.translation import gettext as _

from articles import body, letters
from articles.models.correction import Kind, Reason
from articles.models.person import Role
from articles.models.story import Label
from articles.wire import markup
from articles.wire.item import Item, Notice, Party, Picture, Refusal, RunningStory, Term
from articles.wire.times import moment

STORIES = {"text", "composite", ""}
MOST = 500  # of any list: people, tags, pictures
ROLES = {
    **{role.value: role for role in Role},
    "by": Role.AUTHOR, "byline": Role.AUTHOR, "creator": Role.AUTHOR, "writer": Role.AUTHOR, "reporter": Role.AUTHOR,
    "penulis": Role.AUTHOR, "penyunting": Role.EDITOR, "fotografer": Role.PHOTOGRAPHER, "photo": Role.PHOTOGRAPHER,
    "kontributor": Role.CONTRIBUTOR, "penerjemah": Role.TRANSLATOR,
}  # fmt: skip
MENTIONED = {"", "about", "mentions", "mention", "subject", "depicts", "quoted"}
DUTIES = {"about-suicide": "is_about_suicide", "involves-child": "involves_child"}  # subjects of that rel
_FOREIGN = re.compile(r"<(?:img|picture|div|section|article|table|h1|h4|h5|h6|iframe|figure|span)\b", re.I)
_OURS = re.compile(r'<(?:figure data-photo|aside data-story)="')


def to_item(data, zone):
    """The Item of one ninjs object. Raises Refusal for what is no story, or has no uri, headline or sound date."""
    data = _lower(data)
    if not isinstance(data, dict):
        raise Refusal(_("It is no ninjs object."))
    if str(data.get("type") or "") not in STORIES:
        raise Refusal(_("It is no story but of type “%(type)s”.") % {"type": str(data["type"])[:40]})
    uri = _word(data, "uri")
    if not uri:
        raise Refusal(_("It has no uri."))
    texts = _Texts(data)
    status = _word(data, "pubstatus") or "usable"
    headline = texts.headline("main") or _word(data, "title")
    if not headline:
        raise Refusal(_("It has no headline."))
    found = Item(uri=uri, headline=headline, state=_state(status))
    _read_times(found, data, zone)
    found.version = _whole(data.get("version"), 1)
    found.short_headline, found.kicker = texts.headline("short"), texts.headline("kicker")
    found.standfirst = texts.description("summary") or texts.description("text") or texts.description("")
    found.source_line = texts.description("source-line")
    found.ai_note = texts.description("ai-note")
    found.slug, found.place = _word(data, "slugline"), _word(data, "located")
    found.urgency = min(9, max(1, _whole(data.get("urgency"), 5)))
    found.language = _word(data, "language")
    found.copyright_holder = _word(data, "copyrightholder")
    found.label = next(
        (g for g in map(_literal, _rows(data, "genres", "genre")) if g in Label.values), Label.NEWS.value
    )
    found.is_made_with_ai = "digitalsourcetype" in data
    sources = _rows(data, "infosources", "infosource")
    found.edition = _literal(sources[0]) or _word(sources[0], "name") if sources else ""
    _read_people(found, data)
    _read_subjects(found, data)
    _read_other_ids(found, data)
    _read_associations(found, data, zone)
    found.body = texts.body()
    if _FOREIGN.search(found.body) and not _OURS.search(found.body):
        found.body, images = markup.story_html(found.body)
        found.pictures += images
    return found


def _state(status):
    return {"usable": "released", "withheld": "draft", "canceled": "withdrawn"}.get(status, "draft")


def _lower(value, depth=0):
    """The same with every key in lower case. Raises Refusal for what is nested beyond reason."""
    if depth > 20:
        raise Refusal(_("It is nested too deeply."))
    if isinstance(value, dict):
        pairs = value.items()
        return {key.lower(): inner if isinstance(inner, str) else _lower(inner, depth + 1) for key, inner in pairs}
    if isinstance(value, list):
        return [_lower(inner, depth + 1) for inner in value[:MOST]]
    return value


def _word(row, *names):
    """The first of these that is a text with something to see in it, without space around it."""
    for name in names:
        if isinstance(value := row.get(name), str) and not letters.is_blank(letters.sound(value)):
            return value.strip()
    return ""


def _whole(value, otherwise):
    try:
        return min(2**31 - 1, max(0, int(value)))
    except (TypeError, ValueError, OverflowError):
        return otherwise


def _rows(row, *names):
    """A list of objects, also where 1.x has an object keyed by name."""
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            return [{"name": key, **inner} for key, inner in value.items() if isinstance(inner, dict)]
        if isinstance(value, list):
            return [inner for inner in value if isinstance(inner, dict)]
    return []


def _literal(row):
    return _word(row, "literal", "code")


class _Texts:
    """Headlines, descriptions and bodies of an item, by role, in whichever form its version has them."""

    def __init__(self, data):
        self.data = data
        self.headlines = [(_word(row, "role"), row) for row in _rows(data, "headlines")]
        self.descriptions = [(_word(row, "role"), row) for row in _rows(data, "descriptions")]

    def headline(self, role):
        found = self._first(self.headlines, role)
        if found or role != "main":
            return _word(found, "value")
        others = (_word(row, "value") for named, row in self.headlines if named not in ("short", "kicker"))
        return (
            _word(self._first(self.headlines, ""), "value")
            or _word(self.data, "headline")
            or next(filter(None, others), "")
        )

    def description(self, role):
        row = self._first(self.descriptions, role)
        if not row and role == "text":
            markup = _word(self.data, "description_xhtml", "description_html")
            return _word(self.data, "description_text") or body.text(markup)
        value = _word(row, "value")
        return body.text(value) if "html" in _word(row, "contenttype") else value

    def _first(self, rows, role):
        """The first row of that role that has words; an empty one if there is none."""
        return next((row for named, row in rows if named == role and _word(row, "value")), {})

    def body(self):
        """HTML before plain text; the role "main" before others."""
        rows = _rows(self.data, "bodies")
        kinds = {"application/xhtml+xml": 0, "text/html": 0}
        rows.sort(key=lambda row: (kinds.get(_word(row, "contenttype").lower().split(";")[0], 1), _is_beside(row)))
        usable = [row for row in rows if "xml" not in (kind := _word(row, "contenttype").lower()) or "xhtml" in kind]
        for row in usable:
            if value := _word(row, "value"):
                is_plain = _word(row, "contenttype").lower().startswith("text/plain") or not re.search(r"<\w", value)
                return _paragraphs(value) if is_plain else value
        for name in ("body_xhtml", "body_html", "body_html5"):
            if value := _word(self.data, name):
                return value
        return _paragraphs(_word(self.data, "body_text", *(name for name in self.data if name.startswith("body_"))))


def _is_beside(row):
    return _word(row, "role") not in ("main", "")


def _paragraphs(plain):
    lines = filter(str.strip, plain.splitlines())
    return "".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in lines)


def _read_times(found, data, zone):
    def read_one(*names):
        written = _word(data, *names)
        try:
            at, has_zone = moment(written, zone)
        except ValueError:
            told = {"name": names[0], "date": written[:40]}
            raise Refusal(_("Its %(name)s is no date that we can read: %(date)s.") % told) from None
        if not has_zone:
            found.remarks.append(_("a date without zone"))
        return at

    found.version_at = read_one("versioncreated")
    found.first_published_at = read_one("firstcreated")
    found.publish_at = read_one("contentcreated") or found.first_published_at or found.version_at
    found.embargo_until = read_one("embargoeduntil", "embargoed")
    found.expires_at = read_one("expires")


def _read_people(found, data):
    for row in _rows(data, "people", "person"):
        name, rel = _word(row, "name"), _word(row, "rel").lower().rpartition("/")[2]
        if not name or rel in MENTIONED:
            continue
        if rel not in ROLES:
            found.remarks.append(_("the unknown role “%(role)s” became contributor") % {"role": rel[:40]})
        found.people.append(Party(name, ROLES.get(rel, Role.CONTRIBUTOR).value, _literal(row)))
    by = _word(data, "by", "byline")
    if by and not any(party.role == Role.AUTHOR for party in found.people):
        names = re.split(r"\s*(?:,|;|&|\bdan\b|\band\b)\s*", re.sub(r"^(?:oleh|by|penulis)\b:?\s*", "", by, flags=re.I))
        found.people = [
            Party(name, Role.AUTHOR.value) for name in names[:10] if not letters.is_blank(name)
        ] + found.people


def _read_subjects(found, data):
    for row in _rows(data, "subjects", "subject"):
        name, rel = _word(row, "name"), _word(row, "rel").lower()
        if rel == "duty":
            if duty := DUTIES.get(_literal(row)):
                setattr(found, duty, True)
        elif not name:
            continue
        elif rel in ("category", "section") and found.section is None:
            found.section = Term(name, _literal(row))
        else:
            found.tags.append(Term(name, _literal(row) if rel == "topic" else ""))
    for row in _rows(data, "events", "event"):
        if _word(row, "rel").lower() == "series" and (name := _word(row, "name")):
            dates = (data.get("eventdetails") or {}).get("dates") or {}
            found.series = RunningStory(name, _literal(row), _day(_word(dates, "startdate")[:10]))


def _day(written):
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _read_other_ids(found, data):
    for row in _rows(data, "altids"):
        role, value = _word(row, "role", "name"), _word(row, "value")
        match = re.fullmatch(r"(?:https?://[^/]+)?/([0-9]{4})/([0-9]{2})/([0-9]{2})/([-\w]{1,160})/", value)
        day = _day("-".join(match.groups()[:3])) if match else None
        if role == "address" and day:
            found.day, found.slug = day, match[4]
        elif role == "formerAddress" and day:
            found.former.append((day, match[4]))


def _read_associations(found, data, zone):
    for row in _rows(data, "associations"):
        rel, kind = _word(row, "rel"), _word(row, "type")
        if kind == "picture" or (not kind and _rows(row, "renditions")):
            _read_picture(found, row, rel, zone)
        elif rel in ("correction", "withdrawal"):
            found.corrections.append(_notice(row, rel, zone))
        elif rel == "verifiedIn":
            found.verified_in = _word(row, "uri")
        elif rel == "verifies":
            found.verifies.append(_word(row, "uri"))


def _read_picture(found, row, rel, zone):
    picture = to_picture(row, zone)
    if not picture:
        found.remarks.append(_("a picture without uri"))
    elif rel == "inline":
        found.pictures.append(picture)
    elif rel != "gallery" and found.lead is None:
        found.lead = picture
    else:
        found.gallery.append(picture)


def to_picture(row, zone):
    """The Picture of an associated object; None without a uri."""
    texts = _Texts(row)
    renditions = [one for one in _rows(row, "renditions") if _word(one, "href")]
    best = max(renditions, key=lambda one: _whole(one.get("width"), 0), default={})
    uri = _word(row, "uri") or _word(best, "href")
    if not uri:
        return None
    caption = texts.description("caption") or texts.description("text") or texts.description("")
    own = texts.description("own-caption")
    sources, width, height = _rows(row, "infosources", "infosource"), *_size(best)
    kind = row.get("digitalsourcetype")
    kind = kind if isinstance(kind, dict) else {}
    poi = best.get("poi")
    return Picture(
        uri=uri,
        file=_word(best, "href"),
        caption=own or caption,
        use_caption=caption if own else "",
        alt=texts.description("alt"),
        long_description=texts.description("extended"),
        photographer=_word(row, "by", "byline"),
        agency=_word(sources[0], "name") if sources else "",
        copyright=_word(row, "copyrightnotice", "copyrightholder"),
        usage_terms=_word(row, "usageterms"),
        web_statement=_word(row.get("rightsinfo") or {}, "linkedrights"),
        digital_source_type=(_word(kind, "literal") or _word(kind, "uri").rstrip("/").rpartition("/")[2]),
        place=_word(row, "located"),
        people=", ".join(_word(one, "name") for one in _rows(row, "people", "person")),
        keywords=", ".join(_word(one, "name") for one in _rows(row, "subjects", "subject")),
        is_decorative=_word(row, "profile") == "decorative",
        taken_at=_sound_moment(_word(row, "contentcreated"), zone),
        rights_end_at=_sound_moment(_word(row, "expires"), zone),
        width=width,
        height=height,
        focus=_focus(poi, width, height) if isinstance(poi, dict) else (0.5, 0.5),
    )


def _size(rendition):
    return _whole(rendition.get("width"), 0), _whole(rendition.get("height"), 0)


def _focus(poi, width, height):
    if not (width and height):
        return 0.5, 0.5
    x, y = _whole(poi.get("x"), 0) / width, _whole(poi.get("y"), 0) / height
    return min(1.0, round(x, 2)), min(1.0, round(y, 2))


def _sound_moment(written, zone):
    """A picture's date, if it can be read: no reason to refuse a story."""
    try:
        return moment(written, zone)[0]
    except ValueError:
        return None


def _notice(row, rel, zone):
    at = _sound_moment(_word(row, "versioncreated"), zone)
    kinds = [kind for kind in map(_literal, _rows(row, "genres")) if kind in Kind.values]
    reasons = [reason for reason in map(_literal, _rows(row, "subjects")) if reason in Reason.values]
    kind = Kind.WITHDRAWAL.value if rel == "withdrawal" else (kinds or [Kind.CORRECTION.value])[0]
    text = "\n".join(_word(one, "value") for one in _rows(row, "bodies"))
    if at is None or not (_word(row, "uri") and (text or kind == Kind.WITHDRAWAL)):
        raise Refusal(_("A correction in it has no uri, no time or no text."))
    reason = (reasons or [Reason.OTHER.value])[0] if kind == Kind.WITHDRAWAL else ""
    return Notice(_word(row, "uri"), kind, text, at, reason)
