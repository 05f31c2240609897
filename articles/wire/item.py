"""What a story is on the wire, whatever its format. Pure: each format's reader makes Items, intake.py stores them.

A reader is `read(file, zone)`: it takes a binary file and yields `(position, found)` one by one, never the whole file
at once. `position` tells a person where it stands ("line 12"); `found` is an Item, or a Refusal that says why it is
none, and the next one follows. Only where nothing can follow (the file breaks off, is no XML) it raises Refusal.
`zone` is that of dates which name none.
"""

import dataclasses
import datetime
import functools
import uuid

LARGEST = 20_000_000  # bytes of one item; readers refuse what is larger


class Refusal(Exception):
    """Why something on the wire is not taken: a sentence for the person who sent it."""


@dataclasses.dataclass(slots=True)
class Term:
    """A section, tag or series as its source calls it. `slug`: empty where it is to be made from the name."""

    name: str
    slug: str = ""


@dataclasses.dataclass(slots=True)
class RunningStory(Term):
    day_one: datetime.date | None = None


@dataclasses.dataclass(slots=True)
class Party:
    """Somebody's part in a story. `role`: a value of `Role` ("author", "editor" …)."""

    name: str
    role: str
    slug: str = ""


@dataclasses.dataclass(slots=True)
class Picture:
    """A photo that comes with a story. `file`: its path within the folder of photos, as the source wrote it.

    `caption` is the picture's own; `use_caption` is that of this use, where it has another.
    """

    uri: str
    file: str = ""
    caption: str = ""
    use_caption: str = ""
    alt: str = ""
    long_description: str = ""
    photographer: str = ""
    agency: str = ""
    copyright: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    digital_source_type: str = ""
    place: str = ""
    people: str = ""
    keywords: str = ""
    is_decorative: bool = False
    taken_at: datetime.datetime | None = None
    rights_end_at: datetime.datetime | None = None
    width: int = 0
    height: int = 0
    hash: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    address: str = ""  # absolute, on the way out

    @property
    def uid(self):
        return uid_of(self.uri)


@dataclasses.dataclass(slots=True)
class Notice:
    """What the source put right or took back: a Correction. `kind` and `reason` are values of its choices."""

    uri: str
    kind: str
    text: str
    at: datetime.datetime
    reason: str = ""


@dataclasses.dataclass(slots=True)
class Item:
    """One story. Texts are plain but `body`, which is HTML of any kind; times are aware; empty is unknown.

    `uri` is the source's own id, the same for ever. `state`: "draft", "released" or "withdrawn", as its source has it.
    `version_at` and `version` order the versions of one id; where both are unknown, any change is newer.
    In `body`, `<figure data-photo="uid">` names one of `pictures`, `<hr>` breaks the page (body.py has the rest).
    `old_addresses`: absolute addresses or paths at which it used to stand elsewhere. `remarks`: what was mended.
    """

    uri: str
    headline: str
    body: str = ""
    state: str = "released"
    short_headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    slug: str = ""
    source_line: str = ""
    place: str = ""
    label: str = "news"
    urgency: int = 5
    edition: str = ""  # slug or name
    section: Term | None = None
    series: RunningStory | None = None
    tags: list[Term] = dataclasses.field(default_factory=list)
    people: list[Party] = dataclasses.field(default_factory=list)
    lead: Picture | None = None
    gallery: list[Picture] = dataclasses.field(default_factory=list)
    pictures: list[Picture] = dataclasses.field(default_factory=list)  # of the text
    corrections: list[Notice] = dataclasses.field(default_factory=list)
    version: int = 1
    version_at: datetime.datetime | None = None
    publish_at: datetime.datetime | None = None
    first_published_at: datetime.datetime | None = None
    embargo_until: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    day: datetime.date | None = None
    former: list[tuple[datetime.date, str]] = dataclasses.field(default_factory=list)  # day and slug
    old_addresses: list[str] = dataclasses.field(default_factory=list)
    is_made_with_ai: bool = False
    ai_note: str = ""
    is_about_suicide: bool = False
    involves_child: bool = False
    verified_in: str = ""  # uri of the story that settles this one
    verifies: list[str] = dataclasses.field(default_factory=list)  # uris of those that this one settles
    language: str = "id"
    address: str = ""  # absolute, on the way out
    publisher: str = ""
    copyright_holder: str = ""
    policies: list[tuple[str, str]] = dataclasses.field(default_factory=list)  # title and absolute address
    remarks: list[str] = dataclasses.field(default_factory=list)

    @property
    def uid(self):
        return uid_of(self.uri)

    @property
    def is_plain(self):
        """Whether it has nothing that few stories have."""
        return not (self.corrections or self.former or self.old_addresses or self.verified_in or self.verifies)


@functools.lru_cache(10_000)
def uid_of(uri):
    """Our public id of what its source calls `uri`: the same id for the same uri, on every machine."""
    try:
        return uuid.UUID(uri)  # bare, or urn:uuid:…
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, uri)
