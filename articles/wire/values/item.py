"""What a story is on the wire, whatever its format. Pure: each format's reader makes Items, wire/store/ingest.py stores
them.

A reader is `read(file, zone)`: it takes a binary file and yields `(position, found)` one by one, never the whole file
at once. `position` tells a person where it stands ("line 12"); `found` is one of four:

    Item       a story
    Picture    a photo that comes by itself, not within a story
    Passed     what is no story on purpose: a page's menu, an event, a video. It is counted, and fails nothing
    Refusal    why a story or a photo that should have come cannot

Each thing in the file that somebody could miss is one of these, so that counts add up to what the file holds. Only
where nothing can follow (the file breaks off, is no XML) a reader raises Refusal. `zone` is that of dates which name
none.
"""

import dataclasses
import datetime
import functools
import uuid

LARGEST = 20_000_000  # bytes of one item; readers refuse what is larger


class Refusal(Exception):
    """Why something on the wire is not taken: a sentence for the person who sent it."""


@dataclasses.dataclass(slots=True)
class Passed:
    """What is no story and is left out on purpose. `kind`: one word for all of its kind, by which they are counted
    and told, in the user's language or as the source writes it ("nav_menu_item"). `name`: what it is called there.
    """

    kind: str
    name: str = ""


@dataclasses.dataclass(slots=True)
class Term:
    """A section, tag or series as its source calls it.

    `uri`: the source's own id of it, absolute, so that two sites never share one ("https://a.example/#category:seni").
    By it the same row is found again, then by the name. `slug` is only how a new row would like to be called.
    `is_loose`: of an item's section, that its source has no sections, only words that stories are filed under, as
    feeds have: which of them, and of the tags, is a section here is found out; the others are tags.
    """

    name: str
    slug: str = ""
    uri: str = dataclasses.field(default="", kw_only=True)
    is_loose: bool = dataclasses.field(default=False, kw_only=True)


@dataclasses.dataclass(slots=True)
class RunningStory(Term):
    day_one: datetime.date | None = None


@dataclasses.dataclass(slots=True)
class Party:
    """Somebody's part in a story. `role`: a value of `Role` ("author", "editor" …). `uri`, `slug`: as of a Term.

    `is_login`: the source tells no name, and `name` is what somebody signs in with. It gives way to the name of the
    same `uri` when that comes, and is nobody here who happens to be called so.
    """

    name: str
    role: str
    slug: str = ""
    uri: str = dataclasses.field(default="", kw_only=True)
    is_login: bool = dataclasses.field(default=False, kw_only=True)


@dataclasses.dataclass(slots=True)
class Picture:
    """A photo that comes with a story, or by itself. `file`: its path in the folder of photos, as its source has it.

    `caption` is the picture's own; `use_caption` is that of this use, where it has another. What comes by itself has
    versions, a state ("released" or "withdrawn") and a source of its own, as an Item has.

    `other_uris`: by which another part of the source, or an earlier release of ours, knows the same photo: its number
    or its address. A photo that the file names and has not is a `uri` alone, without `file`.
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
    version: int = 1
    version_at: datetime.datetime | None = None
    state: str = "released"
    source: object = None
    other_uris: list[str] = dataclasses.field(default_factory=list)
    title: str = ""  # for the desk
    other_files: tuple[str, ...] = ()  # under which its file may lie instead, as `file`
    remarks: list[str] = dataclasses.field(default_factory=list)

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
    In `body`, `<figure data-photo="uid">` names one of `pictures`, `<hr>` breaks the page (text/body.py has the rest).
    `old_addresses`: absolute addresses or paths at which it used to stand elsewhere. `remarks`: what was mended.

    By `source` and `beside` the same again is known as that. Both are plain data (dict, list, str, number, None) as
    they were read: before anything was converted, mended or put into our words, so that neither another language of
    the program nor a later one changes them. `source` is of this item alone; `beside` is what the rest of the file
    told of it (attachments that it uses, the name of its author, a pattern), which another file may lack.
    `missing`: how much of what it refers to this file does not have. The same words with less missing are an update;
    with more missing, what came before is better.
    `other_uris`: by which an earlier release of ours may have taken in the same story.
    `unfinished`: {"site": …, "post": …}, plain data by which its reader reads it again when another part of the same
    export tells more of what it refers to; None where nothing is awaited but photos.
    `further`: fields of a story that have no place of their own here, as text.
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
    further: dict[str, str] = dataclasses.field(default_factory=dict)  # story_fields.py
    verified_in: str = ""  # uri of the story that settles this one
    verifies: list[str] = dataclasses.field(default_factory=list)  # uris of those that this one settles
    language: str = ""
    address: str = ""  # absolute, on the way out
    publisher: str = ""
    copyright_holder: str = ""
    policies: list[tuple[str, str]] = dataclasses.field(default_factory=list)  # title and absolute address
    remarks: list[str] = dataclasses.field(default_factory=list)
    note: str = ""  # for the desk alone, in the history of the story
    source: object = None
    beside: object = None
    missing: int = 0
    unfinished: dict | None = None
    other_uris: list[str] = dataclasses.field(default_factory=list)

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
