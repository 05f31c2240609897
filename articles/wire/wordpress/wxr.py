"""WordPress eXtended RSS 1.0 to 1.2, as far as stories need it: the elements of a file, one by one. Pure.

Memory does not grow with the file: only the needed fields of an element are kept, up to `LARGEST` letters.
"""

import dataclasses
import re

from django.utils.translation import gettext as _

from ..streams import xml_stream
from ..values.item import LARGEST, Refusal

DEEPEST, MOST_CATEGORIES, MOST_VALUES = 50, 1_000, 50
LONGEST_VALUE, LONGEST_NAME = 1_000, 500

FIELDS = {
    "title", "link", "guid", "pubDate", "category", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_id",
    "wp:attachment_url", "wp:menu_order", "wp:post_date", "wp:post_date_gmt", "wp:post_modified",
    "wp:post_modified_gmt", "wp:post_name", "wp:post_parent", "wp:post_password", "wp:post_type", "wp:status",
}  # fmt: skip
CHANNEL = {"link", "wp:base_site_url", "wp:base_blog_url"}
HEADS = {
    "wp:author": {"wp:author_login", "wp:author_display_name"},
    "wp:category": {"wp:term_id", "wp:category_nicename", "wp:cat_name"},
    "wp:term": {"wp:term_id", "wp:term_taxonomy", "wp:term_slug", "wp:term_name"},
}
META = {
    "_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "_wp_old_date", "_wp_old_slug",
    "_yoast_wpseo_primary_category", "footnotes", "rank_math_primary_category",
}  # fmt: skip
LONG_META = {"footnotes"}

_TAG = re.compile(
    r"\{https?://(?:wordpress\.org/export/1\.\d+/(excerpt/)?|purl\.org/(dc|rss/1\.0/modules/content)[^}]*)\}"
)
# Taxonomies that are read, and those of layout and translation, which are no words about the story.
TAXONOMIES = {"", "author", "category", "tag", "post_tag"} | {"post_format", "language", "post_translations"}
MOST_TOLD = 10
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
GENERATED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated)+(?=\.\w+$)")


@dataclasses.dataclass(slots=True)
class Element:
    """One element of the file. `categories`: (domain, nicename, name); `meta`: values by key, for the keys of META.

    `comments`: their number.
    """

    name: str
    number: int
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    categories: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    meta: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    comments: int = 0
    size: int = 0
    is_too_large: bool = False
    is_mended: bool = False

    def field(self, name):
        return self.fields.get(name, "").strip()

    def value(self, key):
        return next((value for value in self.meta.get(key, []) if value), "")

    def own_terms(self):
        """The terms of taxonomies that plugins or the site itself have added: "topik: Pilkada"."""
        pairs = [(domain, name.strip()) for domain, _nicename, name in self.categories if domain not in TAXONOMIES]
        return ", ".join(f"{domain[:40]}: {name[:80]}" for domain, name in pairs[:MOST_TOLD])


class Target:
    """The target of the parser: it adds an Element to `ready` for each name in `wanted`, {name: its fields}.

    `channel`: the data about the site in the head of the file.
    """

    def __init__(self, wanted):
        self.wanted, self.ready, self.channel = wanted, [], {}
        self.depth, self.number, self.is_wordpress = 0, 0, False
        self.element, self.parent = None, ""
        self.text, self.into, self.at, self.category = None, "", 0, ("", "")
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
            self.element = Element(name, self.number) if name in self.wanted else None
            if name in CHANNEL:
                self.element, self.text, self.into, self.at = Element(name, self.number), [], name, 3
        elif self.element and self.element.name not in CHANNEL:
            self.start_field(name, attributes)

    def check_is_wordpress(self):
        if not self.is_wordpress:
            raise Refusal(_("The file is no export of WordPress."))

    def start_field(self, name, attributes):
        if self.depth == 4:
            self.parent, self.meta_key, self.meta_value = name, "", ""
            self.element.comments += name == "wp:comment"
            if name in self.wanted[self.element.name]:
                self.text, self.into, self.at = [], name, 4
                self.category = tuple(attributes.get(key, "")[:LONGEST_NAME] for key in ("domain", "nicename"))
        elif self.depth == 5 and self.parent == "wp:postmeta" and name in ("wp:meta_key", "wp:meta_value"):
            is_wanted = name == "wp:meta_key" or not self.meta_key or self.meta_key in META
            self.text, self.into, self.at = [] if is_wanted else None, name, 5

    def data(self, text):
        if self.text is None:
            return
        self.element.size += len(text)
        self.text.append(text)
        if self.element.size > LARGEST:  # its short fields tell its kind, so they are kept
            self.element.fields = {
                name: text for name, text in self.element.fields.items() if len(text) < LONGEST_VALUE
            }
            self.text, self.element.size, self.element.is_too_large = None, 0, True

    def end(self, _tag):
        if self.text is not None and self.depth == self.at:
            text, self.text = "".join(self.text), None
            self.keep(text)
        if self.depth == 4 and self.parent == "wp:postmeta" and self.element:
            self.keep_meta()
        elif self.depth == 3 and self.element:
            if self.element.name in self.wanted:
                self.ready.append(self.element)
            self.element = None
        self.depth -= 1

    def mended(self):
        if self.text is not None:
            self.element.is_mended = True

    def keep(self, text):
        match self.into:
            case name if self.at == 3:
                self.channel.setdefault(name, text.strip()[:LONGEST_NAME])
            case "wp:meta_key":
                self.meta_key = text.strip()
            case "wp:meta_value":
                self.meta_value = text
            case "category" if len(self.element.categories) < MOST_CATEGORIES:
                self.element.categories.append((*self.category, text.strip()[:LONGEST_NAME]))
            case name:
                self.element.fields.setdefault(name, text)

    def keep_meta(self):
        if self.meta_key in META and len(values := self.element.meta.setdefault(self.meta_key, [])) < MOST_VALUES:
            values.append(self.meta_value.strip()[: None if self.meta_key in LONG_META else LONGEST_VALUE])
        else:
            self.element.size -= len(self.meta_value)
        self.parent = self.meta_key = self.meta_value = ""


def items(file):
    """Each item of the file as an Element. Raises Refusal if the file is cut off, or is not an export of WordPress."""
    target = Target({"item": FIELDS})
    for element in ready(file, target):
        target.check_is_wordpress()
        yield element
    target.check_is_wordpress()


def ready(file, target):
    """The elements of the target, one by one."""
    for _chunk in xml_stream.parse(file, target):
        elements, target.ready = target.ready, []
        yield from elements


def _short(tag):
    """The name with a short prefix, the same for all versions: `wp:status`, `excerpt:encoded`, `dc:creator` …"""
    match = _TAG.match(tag)
    if not match:
        return tag
    space = "excerpt" if match[1] else "wp" if not match[2] else match[2].partition("/")[0].replace("rss", "content")
    return f"{space}:{tag[match.end() :]}"


def without_size(address):
    """The address of the original of a picture that WordPress made smaller ("lilin-300x200.jpg")."""
    return _SIZE.sub("", address.partition("?")[0].partition("#")[0])
