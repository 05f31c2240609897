"""The schemas of the API's answers, by name (JSON Schema 2020-12). Pure."""

PROBLEM = "Problem"
TEXT, TIME, LINK = {"type": "string"}, {"type": "string", "format": "date-time"}, {"type": "string", "format": "uri"}
DAY, WHOLE, LINE = {"type": "string", "format": "date"}, {"type": "integer"}, {"type": "string", "minLength": 1}
ROWS = {"type": "array", "items": {"type": "object"}}


def _a(required, **properties):
    """An object with these properties and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _many(name):
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _page_of(name, **more):
    return _a(["items", *more], items=_many(name), **more, next=LINK)


TOLD = {"type": "array", "items": {"type": "object", "required": ["value"], "properties": {"value": TEXT}}}
NINJS = {  # the names that we write; IPTC's own schema has more
    "standard": _a(["name", "version", "schema"], name={"const": "ninjs"}, version={"const": "3.1"}, schema=LINK),
    "uri": LINE, "type": {"const": "text"}, "pubStatus": {"const": "usable"}, "version": LINE,
    "firstCreated": TIME, "contentCreated": TIME, "versionCreated": TIME, "embargoedUntil": TIME, "expires": TIME,
    "language": LINE, "urgency": {"type": "integer", "minimum": 1, "maximum": 9}, "copyrightHolder": TEXT,
    "slugline": TEXT, "headlines": TOLD | {"minItems": 1}, "descriptions": TOLD, "bodies": TOLD, "by": TEXT,
    "located": TEXT, "places": ROWS, "people": ROWS, "subjects": ROWS, "events": ROWS,
    "eventDetails": {"type": "object"}, "genres": ROWS, "infoSources": ROWS, "digitalSourceType": {"type": "object"},
    "altIds": ROWS, "associations": ROWS, "trustIndicators": ROWS,
}  # fmt: skip
PARTY = _a(["name"], name=TEXT, url=LINK)
FILE = _a(["url", "mime_type"], url=LINK, mime_type=TEXT, size_in_bytes=WHOLE)
FEED_ITEM = _a(
    ["id", "url", "title", "content_html", "date_published", "authors"],
    id=LINE, url=LINK, title=TEXT, summary=TEXT, content_html=TEXT, image=LINK, date_published=TIME,
    date_modified=TIME, authors={"type": "array", "items": PARTY}, tags={"type": "array", "items": TEXT},
    language=TEXT, attachments={"type": "array", "items": FILE},
)  # fmt: skip
SCHEMAS = {
    "Story": _a(["standard", "uri", "type", "pubStatus", "version", "versionCreated", "headlines"], **NINJS)
    | {"externalDocs": {"url": "https://iptc.org/standards/ninjs/"}},
    "Stories": _page_of("Story"),
    "Found": _page_of(
        "Story", count=WHOLE, isCut={"type": "boolean"}, meant=TEXT, isPart={"type": "boolean"},
        leftOut={"type": "array", "items": TEXT},
    ),
    "JSONFeed": _a(
        ["version", "title", "items"],
        version={"const": "https://jsonfeed.org/version/1.1"}, title=LINE, description=TEXT, home_page_url=LINK,
        feed_url=LINK, next_url=LINK, icon=LINK, language=TEXT, authors={"type": "array", "items": PARTY},
        items={"type": "array", "items": FEED_ITEM},
    )
    | {"externalDocs": {"url": "https://www.jsonfeed.org/version/1.1/"}},
    "Section": _a(
        ["name", "slug", "url", "stories"],
        name=TEXT, slug=TEXT, description=TEXT, partOf=TEXT, url=LINK, stories=LINK,
    ),
    "Sections": _page_of("Section"),
    "Tag": _a(["name", "slug", "url", "stories"], name=TEXT, slug=TEXT, url=LINK, stories=LINK),
    "Tags": _page_of("Tag"),
    "RunningStory": _a(
        ["name", "slug", "url", "stories"],
        name=TEXT, slug=TEXT, dayOne=DAY, introduction=TEXT, url=LINK, stories=LINK,
    ),
    "RunningStories": _page_of("RunningStory"),
    "Person": _a(["name", "slug"], name=TEXT, slug=TEXT, title=TEXT, portrait=LINK),
    "People": _page_of("Person"),
    PROBLEM: _a(["type", "title", "status", "detail"], type=TEXT, title=LINE, status=WHOLE, detail=LINE),
}  # fmt: skip
