"""What IPTC's schema of ninjs 3.1 allows, for what we write: names, types, values; one stray key fails."""

TEXT, WHOLE, LINK, TIME = {"type": "string"}, {"type": "integer"}, {"type": "string", "format": "uri"}, None
TIME = {"type": "string", "format": "date-time"}


def a(required=(), **properties):
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": list(required)}


def many(kind):
    return {"type": "array", "items": kind}


def one_of(*values):
    return {"type": "string", "enum": list(values)}


ADDRESS = a(lines=many(TEXT), locality=TEXT, area=TEXT, postalCode=TEXT, country=TEXT)
CONTACT = a(type=TEXT, role=TEXT, lang=TEXT, name=TEXT, value=TEXT, address=ADDRESS)
TOLD = {"role": TEXT, "contentType": TEXT, "value": TEXT}
CONCEPT = {"name": TEXT, "rel": TEXT, "uri": LINK, "literal": TEXT}
PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
RENDITION = a(
    ["name"],
    name=TEXT, href=LINK, contentType=TEXT, title=TEXT, width=WHOLE, height=WHOLE, sizeInBytes=WHOLE,
    duration={"type": "number"}, format=TEXT, aspectRatio=TEXT, videoCodec=TEXT, frameRate={"type": "number"},
    poi=a(x=WHOLE, y=WHOLE), transportProtocol=TEXT, scanType=one_of("progressive", "interlaced"), bitrate=TEXT,
)  # fmt: skip
DATES = a(startDate=TIME, endDate=TIME)
RIGHTS = a(langId=LINK, linkedRights=LINK, encodedRights=TEXT) | {
    "oneOf": [{"required": ["linkedRights"]}, {"required": ["encodedRights"]}]
}
ITEM = {
    "uri": LINK,
    "type": one_of("text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"),
    "representationType": one_of("full", "partial"),
    "profile": TEXT,
    "version": TEXT,
    "firstCreated": TIME,
    "versionCreated": TIME,
    "contentCreated": TIME,
    "embargoedUntil": TIME,
    "pubStatus": one_of("usable", "withheld", "canceled"),
    "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
    "copyrightHolder": TEXT,
    "copyrightNotice": TEXT,
    "usageTerms": TEXT,
    "edNote": TEXT,
    "language": TEXT,
    "descriptions": many(a(["value"], **TOLD)),
    "bodies": many(a(["value"], **TOLD, charCount=WHOLE, wordCount=WHOLE)),
    "headlines": many(a(["value"], **TOLD)),
    "people": many(a(**CONCEPT, contactInfo=many(CONTACT))),
    "places": many(a(**CONCEPT, contactInfo=many(CONTACT), geoJSON={"type": "object"})),
    "subjects": many(a(**CONCEPT, creator=TEXT, relevance=PERCENT, confidence=PERCENT)),
    "events": many(a(**CONCEPT, id=TEXT)),
    "eventDetails": a(eventStatus=LINK, plannedCoverageStatus=LINK, dates=DATES, organiser={"type": "object"}),
    "objects": many(a(**CONCEPT)),
    "infoSources": many(a(name=TEXT, role=TEXT, uri=LINK, literal=TEXT, contactInfo=many(CONTACT))),
    "title": TEXT,
    "by": TEXT,
    "slugline": TEXT,
    "located": TEXT,
    "renditions": many(RENDITION),
    "altIds": many(a(role=TEXT, value=TEXT)),
    "trustIndicators": many(a(role=LINK, title=TEXT, href=LINK)),
    "standard": a(name=TEXT, version=TEXT, schema=LINK),
    "genres": many(a(name=TEXT, uri=TEXT, literal=TEXT)),
    "expires": TIME,
    "rightsInfo": RIGHTS,
    "digitalSourceType": a(name=TEXT, uri=LINK, literal=TEXT),
    "associations": {"type": "array", "items": {"$ref": "#/$defs/associated"}},
}
SCHEMA = a(["uri"], **ITEM) | {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"associated": a(["name", "uri"], **ITEM, name=TEXT, rel=TEXT)},
}
