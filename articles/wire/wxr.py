"""WordPress eXtended RSS 1.0 to 1.2, as far as stories need it: items one by one, and what is to be known of a file.

Pure. Memory does not grow with the file: of an item only what is wanted is kept, up to `LARGEST` letters, and what
items refer to (authors, categories, photos) is kept on disk, since it may stand before or after them.
"""

import contextlib
import dataclasses
import re
import urllib.parse

from django.utils.translation import gettext as _

from . import xml_stream
from .item import LARGEST, Refusal
from .scratch import Notes

DEEPEST, MOST_CATEGORIES, MOST_VALUES = 50, 1_000, 50
LONGEST_KEPT = 2_000  # letters of a caption or name, on disk
LONGEST_VALUE, LONGEST_NAME = 1_000, 500

FIELDS = {
    "title", "link", "guid", "pubDate", "category", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_id",
    "wp:post_date", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt", "wp:post_name", "wp:post_type",
    "wp:post_password", "wp:status",
}  # fmt: skip
FIELDS_OF_PHOTOS = {"guid", "excerpt:encoded", "wp:attachment_url", "wp:post_id", "wp:post_type"}
HEADS = {
    "wp:author": {"wp:author_login", "wp:author_display_name"},
    "wp:category": {"wp:term_id", "wp:category_nicename", "wp:cat_name"},
    "wp:term": {"wp:term_id", "wp:term_taxonomy", "wp:term_slug", "wp:term_name"},
}
META = {
    "_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "_wp_old_slug", "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
}  # fmt: skip

_TAG = re.compile(
    r"\{https?://(?:wordpress\.org/export/1\.\d+/(excerpt/)?|purl\.org/(dc|rss/1\.0/modules/content)[^}]*)\}"
)
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
_GENERATED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated)+(?=\.\w+$)")


@dataclasses.dataclass(slots=True)
class Found:
    """One element of the file. `categories`: (domain, nicename, name); `meta`: values by key, of those we know."""

    name: str
    number: int
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    categories: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    meta: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    size: int = 0
    is_too_large: bool = False
    is_mended: bool = False

    def field(self, name):
        return self.fields.get(name, "").strip()

    def value(self, key):
        return next((value for value in self.meta.get(key, []) if value), "")


class _Target:
    """What the parser feeds: `ready` fills with a Found for each of `wanted`, {name: its fields}."""

    def __init__(self, wanted):
        self.wanted, self.ready = wanted, []
        self.depth, self.number, self.is_wordpress = 0, 0, False
        self.found, self.parent = None, ""
        self.text, self.into, self.at, self.given = None, "", 0, ("", "")
        self.meta_key = self.meta_value = ""

    def start(self, tag, attributes):
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refusal(_("The elements of the file lie deeper in each other than any export has them."))
        name = _short(tag)
        self.is_wordpress = self.is_wordpress or name.startswith("wp:")
        if self.depth == 1 and name != "rss":
            self.check_is_wordpress()
        if self.depth == 3:
            self.number += name == "item"
            self.found = Found(name, self.number) if name in self.wanted else None
        elif self.found:
            self.start_field(name, attributes)

    def check_is_wordpress(self):
        if not self.is_wordpress:
            raise Refusal(_("The file is no export of WordPress."))

    def start_field(self, name, attributes):
        if self.depth == 4:
            self.parent, self.meta_key, self.meta_value = name, "", ""
            if name in self.wanted[self.found.name]:
                self.text, self.into, self.at = [], name, 4
                self.given = tuple(attributes.get(key, "")[:LONGEST_NAME] for key in ("domain", "nicename"))
        elif self.depth == 5 and self.parent == "wp:postmeta" and name in ("wp:meta_key", "wp:meta_value"):
            is_wanted = name == "wp:meta_key" or not self.meta_key or self.meta_key in META
            self.text, self.into, self.at = [] if is_wanted else None, name, 5

    def data(self, text):
        if self.text is None:
            return
        self.found.size += len(text)
        self.text.append(text)
        if self.found.size > LARGEST:  # what it is, is read on
            self.found.fields = {name: text for name, text in self.found.fields.items() if len(text) < LONGEST_VALUE}
            self.text, self.found.size, self.found.is_too_large = None, 0, True

    def end(self, _tag):
        if self.text is not None and self.depth == self.at:
            text, self.text = "".join(self.text), None
            self.keep(text)
        if self.depth == 4 and self.parent == "wp:postmeta" and self.found:
            self.keep_meta()
        elif self.depth == 3 and self.found:
            self.ready.append(self.found)
            self.found = None
        self.depth -= 1

    def mended(self):
        if self.text is not None:
            self.found.is_mended = True

    def keep(self, text):
        match self.into:
            case "wp:meta_key":
                self.meta_key = text.strip()
            case "wp:meta_value":
                self.meta_value = text
            case "category" if len(self.found.categories) < MOST_CATEGORIES:
                self.found.categories.append((*self.given, text.strip()[:LONGEST_NAME]))
            case name:
                self.found.fields.setdefault(name, text)

    def keep_meta(self):
        if self.meta_key in META and len(values := self.found.meta.setdefault(self.meta_key, [])) < MOST_VALUES:
            values.append(self.meta_value.strip()[:LONGEST_VALUE])
        else:
            self.found.size -= len(self.meta_value)
        self.parent = self.meta_key = self.meta_value = ""


def items(file):
    """Each item of the file as a Found. Raises Refusal where the file breaks off, or is no export of WordPress."""
    target = _Target({"item": FIELDS})
    for found in _ready(file, target):
        target.check_is_wordpress()
        yield found
    target.check_is_wordpress()


def _ready(file, target):
    for _chunk in xml_stream.parse(file, target):
        ready, target.ready = target.ready, []
        yield from ready


def _short(tag):
    """`wp:status`, `excerpt:encoded`, `dc:creator` … whatever version of the format has written it."""
    found = _TAG.match(tag)
    if not found:
        return tag
    space = "excerpt" if found[1] else "wp" if not found[2] else found[2].partition("/")[0].replace("rss", "content")
    return f"{space}:{tag[found.end() :]}"


class Known(Notes):
    """What the items of a file refer to, by name: `authors`, `terms`, `photos`. Kept on disk, in a file of its own."""

    def read(self, file):
        """Reads the file to its end, or to where it breaks off; who reads the items will be told."""
        target = _Target({**HEADS, "item": FIELDS_OF_PHOTOS})
        with contextlib.suppress(Refusal):
            for found in _ready(file, target):
                if not found.is_too_large:
                    self.keep(found)

    def author(self, login):
        """The name that readers see, or ""."""
        return self.told(f"author {login}", "")

    def term(self, number):
        """The nicename of a category, or ""."""
        return self.told(f"term {number}", "") if number else ""

    def photo(self, number):
        """(uri, file, caption, alt) of an attachment, or None."""
        return self.told(f"photo {number}", None) if number else None

    def photo_at(self, address):
        """The same by the address of the picture, in any of its sizes."""
        path = uploaded(address)
        original = _GENERATED.sub("", path)
        keys = (f"path {path}", f"path {original}", f"made of {original}")
        return self.photo(next(filter(None, (self.told(key, "") for key in keys)), "")) if path else None

    def keep(self, found):
        match found.name:
            case "wp:author":
                self.put(f"author {found.field('wp:author_login')}", found.field("wp:author_display_name"))
            case "wp:category":
                self.put(f"term {found.field('wp:term_id')}", found.field("wp:category_nicename"))
            case "wp:term" if found.field("wp:term_taxonomy") == "category":
                self.put(f"term {found.field('wp:term_id')}", found.field("wp:term_slug"))
            case "item" if found.field("wp:post_type") == "attachment" and found.field("wp:post_id"):
                self.keep_photo(found)

    def keep_photo(self, found):
        address, number = found.field("wp:attachment_url"), found.field("wp:post_id")
        file = found.value("_wp_attached_file") or uploaded(address)
        told = [found.field("guid") or address, file, found.field("excerpt:encoded")[:LONGEST_KEPT]]
        self.put(f"photo {number}", [*told, found.value("_wp_attachment_image_alt")])
        for path in filter(None, (file, uploaded(address))):
            self.put(f"path {path}", number)
            self.put(f"made of {_GENERATED.sub('', path)}", number)


def uploaded(address):
    """The path of a picture in the folder of uploads, by its address; any other address: its path."""
    try:
        path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    except ValueError:
        return ""
    return path.partition("/uploads/")[2] or path.lstrip("/")


def without_size(address):
    """The address of the original, for that of a picture which WordPress made smaller ("lilin-300x200.jpg")."""
    return _SIZE.sub("", address.partition("?")[0].partition("#")[0])
