"""A story on the wire, independent of its format. Pure: each format's reader makes Items, wire/store/ingest.py stores
them.

A reader is `read(file, zone)`: it takes a binary file and yields `(position, entry)` one by one, never the whole file
at once. `position` shows a person the place in the file ("line 12"); `entry` is one of five:

    Item       a story
    Picture    a photo that comes alone, not within a story
    Event      something that will happen (event.py)
    Passed     an entry that is not a story, such as a menu, a video: it is counted, and is not an error
    Refusal    the reason why a story or a photo cannot be imported

Every entry of the file becomes one of these, so that the counts add up to the whole file. A reader raises Refusal only
if it cannot read on: the file is cut off, or is not XML. `zone`: the time zone of dates that name none.
"""

import dataclasses
import datetime
import functools
import operator
import uuid

LARGEST = 20_000_000  # bytes of one item; readers refuse what is larger


def lean(kind):
    """A dataclass that is pickled without the names of its fields: items go in hundreds from process to process."""
    names = [field.name for field in dataclasses.fields(kind)]
    values = operator.attrgetter(*names)

    def set_all(row, state):
        for name, value in zip(names, state, strict=True):
            setattr(row, name, value)

    kind.__getstate__, kind.__setstate__ = lambda row: values(row), set_all
    return kind


class Refusal(Exception):
    """The reason why an entry is not imported: a sentence for the person who sent it."""


@lean
@dataclasses.dataclass(slots=True)
class Passed:
    """An entry that is left out on purpose, because it is not a story.

    `kind`: one word under which it is counted and reported, in the user's language or as the source writes it
    ("nav_menu_item"). `name`: its name in the source.
    """

    kind: str
    name: str = ""


@lean
@dataclasses.dataclass(slots=True)
class Term:
    """A section, tag or series as its source names it.

    `uri`: the source's own id, absolute, so that two sites never share one ("https://a.example/#category:seni").
    The same row is found again by `uri`, then by `name`. `slug` is only a wish for a new row.
    `is_loose`: the source has categories but no sections, as feeds do. A category that is a section here becomes the
    section; all others become tags.
    """

    name: str
    slug: str = ""
    uri: str = dataclasses.field(default="", kw_only=True)
    is_loose: bool = dataclasses.field(default=False, kw_only=True)


@lean
@dataclasses.dataclass(slots=True)
class RunningStory(Term):
    day_one: datetime.date | None = None


@lean
@dataclasses.dataclass(slots=True)
class Party:
    """A person's part in a story. `role`: a value of `Role` ("author", "editor" …). `uri`, `slug`: as in Term.

    `is_login`: the source gives only a login, so `name` is that login. It never matches a person here by name, and is
    replaced when the source gives a real name for the same `uri`.
    """

    name: str
    role: str
    slug: str = ""
    uri: str = dataclasses.field(default="", kw_only=True)
    is_login: bool = dataclasses.field(default=False, kw_only=True)


@lean
@dataclasses.dataclass(slots=True)
class Picture:
    """A photo that comes with a story, or alone. `file`: its path in the folder of photos, as the source writes it.

    `caption` is the picture's own; `use_caption` is the caption of this use, if it differs. A photo that comes alone
    has a version, a state ("released" or "withdrawn") and a source, as an Item has.

    `other_uris`: other ids of the same photo, such as its number or its address, used by other parts of the source or
    by an earlier release of ours. A photo that the file only names has a `uri` and no `file`.
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
    other_files: tuple[str, ...] = ()  # other possible paths of the file
    remarks: list[str] = dataclasses.field(default_factory=list)

    @property
    def uid(self):
        return uid_of(self.uri)


@lean
@dataclasses.dataclass(slots=True)
class Notice:
    """A correction or withdrawal by the source. `kind` and `reason` are values of the choices of Correction."""

    uri: str
    kind: str
    text: str
    at: datetime.datetime
    reason: str = ""


@lean
@dataclasses.dataclass(slots=True)
class Item:
    """One story. `body` is HTML of any kind, all other texts are plain; times are aware; an empty value is unknown.

    `uri` is the source's permanent id. `state`: "draft", "released" or "withdrawn", as in the source.
    `version_at` and `version` order the versions of one id; if both are unknown, any change is newer.
    In `body`, `<figure data-photo="uid">` names one of `pictures`, `<hr>` breaks the page (text/body.py has the rest).
    `old_addresses`: its former addresses on other sites, absolute or as paths. `remarks`: sentences about repairs.

    `source` and `beside` show whether an item has changed. Both are plain data (dict, list, str, number, None) as they
    were read, before conversion and translation, so that neither the program's language nor its version changes them.
    `source` belongs to this item alone; `beside` is what the rest of the file says about it (its attachments, its
    author's name, a pattern), and another file may lack that.
    `missing`: how many referred things this file lacks. The same words with fewer missing are an update; with more
    missing, the earlier import is better.
    `other_uris`: other ids under which an earlier release of ours may have stored the story.
    `unfinished`: {"site": …, "post": …}, plain data from which the reader reads the post again when another part of
    the export has more of what it refers to; None if it waits for nothing but photos.
    `further`: story fields that have no attribute here, as text.
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
    pictures: list[Picture] = dataclasses.field(default_factory=list)  # in the body
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
    verifies: list[str] = dataclasses.field(default_factory=list)  # uris of the stories that this one settles
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
        """Whether it has none of the rare parts that extras.py stores."""
        return not (self.corrections or self.former or self.old_addresses or self.verified_in or self.verifies)


@functools.lru_cache(10_000)
def uid_of(uri):
    """Our public id for a source's `uri`: the same uri gives the same id on every machine."""
    try:
        return uuid.UUID(uri)  # bare, or urn:uuid:…
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, uri)
