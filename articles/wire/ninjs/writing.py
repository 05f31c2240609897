"""An Item to one object of ninjs 3.1."""

import re

from articles.models.correction import Kind
from articles.models.label import Label
from articles.models.person import Role
from articles.text import body, letters

from .reading import DUTIES, role

VERSION = "3.1"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
CODES = "http://cv.iptc.org/newscodes"
CORRECTION_ROLE = "https://schema.org/CorrectionComment"
POLICY_ROLE = "https://schema.org/publishingPrinciples"


def from_item(item):
    """One story as ninjs 3.1, ready for JSON, without empty fields. A withdrawn story has no body (rules.md D4)."""
    is_withdrawn = item.state == "withdrawn"
    whole = {
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        "uri": item.uri,
        "type": "text",
        "pubStatus": {"released": "usable", "draft": "withheld", "withdrawn": "canceled"}[item.state],
        "version": str(item.version),
        "firstCreated": _stamp(item.first_published_at),
        "contentCreated": _stamp(item.publish_at),
        "versionCreated": _stamp(item.version_at),
        "embargoedUntil": _stamp(item.embargo_until),
        "expires": _stamp(item.expires_at),
        **_words(item, is_withdrawn),
        **_names(item),
        "digitalSourceType": _source_type("trainedAlgorithmicMedia") if item.is_made_with_ai else {},
        "altIds": _other_ids(item),
        "associations": _associations(item, is_withdrawn),
        "trustIndicators": _trust(item),
    }
    return letters.sound_within(_full(whole))


def _words(item, is_withdrawn):
    return {
        "language": item.language,
        "urgency": item.urgency,
        "copyrightHolder": item.copyright_holder,
        "slugline": item.slug,
        "headlines": _texts(main=item.headline, short=item.short_headline, kicker=item.kicker),
        "descriptions": _texts(
            "text/plain",
            summary="" if is_withdrawn else item.standfirst,
            **{"source-line": item.source_line, "ai-note": item.ai_note},
            **{role(name): text for name, text in item.further.items()},
        ),
        "bodies": [] if is_withdrawn else _bodies(item.body),
    }


def _names(item):
    """The names of its people, places, subjects, events and sources."""
    day_one = item.series and item.series.day_one
    return {
        "by": ", ".join(party.name for party in item.people if party.role == Role.AUTHOR),
        "located": item.place,
        "places": [_full({"name": item.place, "rel": "located"})] if item.place.strip() else [],
        "people": [_full({"name": one.name, "rel": one.role, "literal": one.slug}) for one in item.people],
        "subjects": [*_subjects(item), *_duties(item)],
        "events": _events(item.series),
        "eventDetails": {"dates": {"startDate": f"{day_one.isoformat()}T00:00:00Z"}} if day_one else {},
        "genres": [_full({"name": Label(item.label).name.replace("_", " ").title(), "literal": item.label})],
        "infoSources": [_full({"name": item.publisher, "literal": item.edition})] if item.publisher else [],
    }


def _full(row):
    """A row without empty values and without space around its texts, because `parts.normalised` reads texts so."""
    stripped = {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
    return {key: value for key, value in stripped.items() if value not in ("", None, [], {})}


def _stamp(at):
    return at.isoformat() if at else ""


def _texts(content_type="", **by_role):
    rows = (
        {"role": role, "contentType": content_type, "value": value} for role, value in by_role.items() if value.strip()
    )
    return [_full(row) for row in rows]


def _bodies(markup):
    if not markup:
        return []
    plain = body.text(re.sub(r"<figcaption>.*?</figcaption>|<aside.*?</aside>", "", markup, flags=re.S))
    counts = {"charCount": len(plain), "wordCount": len(plain.split())}
    return [{"role": "main", "contentType": "text/html", **counts, "value": markup}]


def _subjects(item):
    terms = [("category", item.section)] if item.section else []
    terms += [("topic", tag) for tag in item.tags]
    return [_full({"name": term.name, "rel": rel, "literal": term.slug}) for rel, term in terms]


def _duties(item):
    return [{"name": name, "rel": "duty", "literal": name} for name, field in DUTIES.items() if getattr(item, field)]


def _events(series):
    return [_full({"name": series.name, "rel": "series", "literal": series.slug})] if series else []


def _source_type(name):
    return {"literal": name, "uri": f"{CODES}/digitalsourcetype/{name}"} if name else {}


def _other_ids(item):
    former = [{"role": "formerAddress", "value": f"/{day:%Y/%m/%d}/{slug}/"} for day, slug in item.former]
    return [{"role": "address", "value": item.address}, *former] if item.address else former


def _associations(item, is_withdrawn):
    rows = [] if is_withdrawn else _pictures(item)
    rows += [_correction(notice) for notice in item.corrections]
    others = [("verifiedIn", item.verified_in), *(("verifies", uri) for uri in item.verifies)]
    return rows + [{"name": rel, "rel": rel, "type": "text", "uri": uri} for rel, uri in others if uri]


def _pictures(item):
    lead = [from_picture(item.lead, "mainimage", "lead")] if item.lead else []
    gallery = [from_picture(one, f"gallery-{number}", "gallery") for number, one in enumerate(item.gallery, 1)]
    inline = [from_picture(one, f"image-{number}", "inline") for number, one in enumerate(item.pictures, 1)]
    return [*lead, *gallery, *inline]


def from_picture(picture, name, rel):
    """A picture as an association of a story."""
    has_own = picture.use_caption and picture.use_caption != picture.caption
    named = [[part.strip() for part in text.split(",") if part.strip()] for text in (picture.people, picture.keywords)]
    return _full(
        {
            "name": name,
            "rel": rel,
            "type": "picture",
            "uri": picture.uri,
            "profile": "decorative" if picture.is_decorative else "",
            "by": picture.photographer,
            "infoSources": [_full({"name": picture.agency})] if picture.agency.strip() else [],
            "copyrightNotice": picture.copyright,
            "usageTerms": picture.usage_terms,
            "rightsInfo": {"linkedRights": picture.web_statement} if picture.web_statement else {},
            "expires": _stamp(picture.rights_end_at),
            "contentCreated": _stamp(picture.taken_at),
            "located": picture.place,
            "descriptions": _texts(
                "text/plain",
                caption=picture.use_caption or picture.caption,
                **{"own-caption": picture.caption if has_own else ""},
                alt=picture.alt,
                extended=picture.long_description,
            ),
            "people": [{"name": one, "rel": "depicts"} for one in named[0]],
            "subjects": [{"name": one} for one in named[1]],
            "digitalSourceType": _source_type(picture.digital_source_type),
            "renditions": [_rendition(picture)] if picture.address else [],
        }
    )


def _rendition(picture):
    return _full(
        {
            "name": "main",
            "href": picture.address,
            "contentType": "image/jpeg",
            "width": picture.width,
            "height": picture.height,
            "poi": {"x": round(picture.focus[0] * picture.width), "y": round(picture.focus[1] * picture.height)},
        }
    )


def _correction(notice):
    is_withdrawal = notice.kind == Kind.WITHDRAWAL
    return _full(
        {
            "name": "withdrawal" if is_withdrawal else "correction",
            "rel": "withdrawal" if is_withdrawal else "correction",
            "type": "text",
            "uri": notice.uri,
            "versionCreated": _stamp(notice.at),
            "genres": [{"name": Kind(notice.kind).name.title(), "literal": notice.kind}],
            "subjects": [{"rel": "reason", "literal": notice.reason}] if notice.reason else [],
            "bodies": [_full({"contentType": "text/plain", "value": notice.text})] if notice.text.strip() else [],
        }
    )


def _trust(item):
    notices = [
        _full({"role": CORRECTION_ROLE, "title": notice.text or notice.reason, "href": item.address})
        for notice in item.corrections
        if item.address
    ]
    return notices + [{"role": POLICY_ROLE, "title": title, "href": address} for title, address in item.policies]
