"""Notes on the things that posts of a WordPress export refer to: authors, categories, photos, patterns. Pure.

They are kept on disk while the posts are read, since they may come before or after the posts, and memory must not grow.
"""

import contextlib
import json
import re
import urllib.parse

from ..streams.scratch import Notes
from ..values.item import Refusal
from . import wxr

LONGEST_KEPT = 2_000  # letters of a caption or name, on disk
LONGEST_PATTERN = 500_000
MOST_ATTACHED = 200  # photos of a post, for a gallery of all of them

_PICTURES = {"avif", "bmp", "gif", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp"}
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,5})\Z")
_ATTACHMENT = {
    "title", "link", "guid", "content:encoded", "excerpt:encoded", "wp:attachment_url", "wp:menu_order", "wp:post_id",
    "wp:post_parent", "wp:post_type",
}  # fmt: skip


class Known(Notes):
    """The notes of one file, by a key such as "author siti". `site`: the key of its site, or "".

    `others`: the notes of the other files of the run. The file's own notes have priority.
    """

    site = ""

    def __init__(self, others=None):
        super().__init__()
        self.others = others

    def get(self, key, default=None):
        value = super().get(key)
        if value is None and self.others and self.site:
            value = self.others.get(f"{self.site} {key}")
        return default if value is None else value

    def read(self, file):
        """Read the file to its end, or to the break. The second reading reports the break."""
        target = wxr.Target({**wxr.HEADS, "item": _ATTACHMENT})
        with contextlib.suppress(Refusal):
            for element in wxr.ready(file, target):
                if not element.is_too_large:
                    self.keep(element, target.channel)
        self.site = site_of_channel(target.channel)

    def number_at(self, address):
        """The number of the attachment at the address of a picture, in any of its sizes, or "".

        The address must be of this site, because another site may have another picture under the same path.
        """
        path = uploaded(address) if self.is_of_site(address) else ""
        original = wxr.GENERATED.sub("", path)
        keys = (f"path {path}", f"path {original}", f"made of {original}")
        return next(filter(None, map(self.get, keys)), "") if path else ""

    def is_of_site(self, address):
        """Whether an address is of a present or former host of this site, or of a host that serves its pictures."""
        if not (host := host_of(address)):
            return True
        hosts = (host, host.partition(".")[2], uploaded_from(address))
        return host == host_of(self.site) or any(self.get(f"host {one}") for one in hosts)

    def attached(self, number):
        """The numbers of the photos that were uploaded for a post, in gallery order."""
        notes = self.between(f"attached {number} ", f"attached {number}!")
        if self.others and self.site:
            notes |= self.others.between(f"{self.site} attached {number} ", f"{self.site} attached {number}!")
        places = sorted((key[-29:], photo) for key, photo in notes.items())  # the key ends in place and number
        return list(dict.fromkeys(photo for _place, photo in places))[:MOST_ATTACHED]

    def between(self, first, last):
        rows = self.execute(
            "SELECT key, value FROM notes WHERE key > ? AND key < ? ORDER BY key LIMIT ?", [first, last, MOST_ATTACHED]
        )
        return {key: json.loads(value) for key, value in rows}

    def every(self):
        """All notes as (key, value)."""
        return ((key, json.loads(value)) for key, value in self.execute("SELECT key, value FROM notes ORDER BY key"))

    def keep(self, element, channel):
        match element.name:
            case "wp:author":
                self.put(f"author {element.field('wp:author_login')}", element.field("wp:author_display_name"))
            case "wp:category":
                self.put(f"term {element.field('wp:term_id')}", element.field("wp:category_nicename"))
            case "wp:term" if element.field("wp:term_taxonomy") == "category":
                self.put(f"term {element.field('wp:term_id')}", element.field("wp:term_slug"))
            case "item":
                self.keep_item(element, channel)

    def keep_item(self, element, channel):
        number = element.field("wp:post_id")
        match element.field("wp:post_type"):
            case "attachment" if number:
                self.keep_attachment(number, element, site_of_channel(channel) or site_of(element))
            case "wp_block" if len(text := element.fields.get("content:encoded", "")) <= LONGEST_PATTERN:
                self.put(f"pattern {number}", text)
            case "post" | "" if guid := element.field("guid"):
                other, own = self.get(f"guid {guid}"), number or element.field("link")
                if other is None:
                    self.put(f"guid {guid}", own)
                elif other != own:
                    self.put(f"shared {guid}", True)

    def keep_attachment(self, number, element, site):
        data = attachment(element, site)
        if not is_picture(data["file"]):
            self.put(
                f"file {number}", [element.field("wp:attachment_url") or element.field("guid"), element.field("title")]
            )
            return
        self.keep_photo(number, data)
        if parent := element.field("wp:post_parent"):
            order = element.field("wp:menu_order")
            place = min(max(int(order) if re.fullmatch(r"-?\d{1,9}", order) else 0, -(10**6)), 10**6) + 10**6
            self.put(f"attached {parent} {place:08} {number[:20]:0>20}", number)

    def keep_photo(self, number, data):
        """Keep the data of a photo, and the hosts and paths under which posts name it."""
        self.put(f"photo {number}", data)
        for address in (data["uri"], *data["other_uris"]):
            self.put(f"host {host_of(address)}", True)
        for path in filter(None, (data["file"], *map(uploaded, data["other_uris"]))):
            self.put(f"path {path}", number)
            self.put(f"made of {wxr.GENERATED.sub('', path)}", number)


class Others(Known):
    """The notes of several files. Their keys begin with the site, because two sites may use the same numbers and names.

    `under`: the site of the next note.
    """

    under = ""

    def read(self, file):
        """Add the notes of a file, up to its end or its break."""
        target = wxr.Target({**wxr.HEADS, "item": _ATTACHMENT})
        with contextlib.suppress(Refusal):
            for element in wxr.ready(file, target):
                self.under = site_of_channel(target.channel)
                is_post = element.name == "item" and element.field("wp:post_type") in ("post", "")
                if self.under and not element.is_too_large and not is_post:
                    self.keep(element, target.channel)

    def put(self, key, value):
        super().put(f"{self.under} {key}", value)


def attachment(element, site):
    """The data of a photo. `uri` consists of site and number, so that a post can build it from the number alone."""
    address, guid = element.field("wp:attachment_url"), element.field("guid")
    named = numbered(site, element.field("wp:post_id"))
    others = [other for other in dict.fromkeys((guid, address, wxr.without_size(address))) if other]
    return {
        "uri": named or (others[0] if others else ""),
        "other_uris": [other for other in others if other != named] if named else others[1:],
        "file": element.value("_wp_attached_file") or uploaded(address),
        "caption": element.field("excerpt:encoded")[:LONGEST_KEPT],
        "description": element.field("content:encoded")[:LONGEST_KEPT],
        "alt": element.value("_wp_attachment_image_alt"),
        "title": element.field("title")[:LONGEST_KEPT],
    }


def numbered(site, number):
    """The id of a photo by its site and number; "" if one of them is missing."""
    return f"{site}/?attachment_id={number}" if site and number.isascii() and number.isdecimal() else ""


def is_picture(file):
    """Whether a file may be a picture, by its extension. A file without an extension may be."""
    ending = _ENDING.search(file)
    return not ending or ending[1].lower() in _PICTURES


def site_of_channel(channel):
    """The key of the site: its address without parts that may change ("www.", http); "" if the file has none."""
    return site_key(channel.get("wp:base_blog_url") or channel.get("link") or channel.get("wp:base_site_url") or "")


def site_of(element):
    """The key of the site from the host of one item, for a file whose head does not name the site."""
    for name in ("link", "guid", "wp:attachment_url"):
        if site := site_key(element.field(name)):
            return "/".join(site.split("/")[:3])
    return ""


def site_key(address):
    try:
        parts = urllib.parse.urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return f"https://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def host_of(address):
    return "".join(site_key(address).split("/")[2:3])


def uploaded_from(address):
    """The host within the path of a picture that another host serves: i0.wp.com/a.example/wp-content/…"""
    return "".join(site_key(address).split("/")[3:4]).lower().removeprefix("www.")


def uploaded(address):
    """The path of a picture within the folder of uploads, or the whole path of any other address."""
    try:
        path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    except ValueError:
        return ""
    return path.partition("/uploads/")[2] or path.lstrip("/")
