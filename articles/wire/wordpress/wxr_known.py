"""What the items of a WordPress export refer to, by their numbers and names: authors, categories, photos, patterns.

Pure. Kept on disk while the posts are read, since it may stand before or after them, and memory must not grow with it.
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
    """`site`: how the file calls it, "" where it does not; `told` answers by a key such as "author siti".

    `others`: what the other files of the same run have. The file's own goes before it.
    """

    site = ""

    def __init__(self, others=None):
        super().__init__()
        self.others = others

    def told(self, key, otherwise=None):
        found = super().told(key)
        if found is None and self.others and self.site:
            found = self.others.told(f"{self.site} {key}")
        return otherwise if found is None else found

    def read(self, file):
        """Reads the file to its end, or to where it breaks off; who reads the items will be told."""
        target = wxr.Target({**wxr.HEADS, "item": _ATTACHMENT})
        with contextlib.suppress(Refusal):
            for found in wxr.ready(file, target):
                if not found.is_too_large:
                    self.keep(found, target.channel)
        self.site = site_of_channel(target.channel)

    def number_at(self, address):
        """The number of the attachment whose picture this is the address of, in any of its sizes, or "".

        Another site may have another picture under the same path.
        """
        path = uploaded(address) if self.is_of_site(address) else ""
        original = wxr.GENERATED.sub("", path)
        keys = (f"path {path}", f"path {original}", f"made of {original}")
        return next(filter(None, map(self.told, keys)), "") if path else ""

    def is_of_site(self, address):
        """Whether it is of a host of this site, now or formerly, or of one that hands its pictures out for it."""
        if not (host := host_of(address)):
            return True
        hosts = (host, host.partition(".")[2], uploaded_from(address))
        return host == host_of(self.site) or any(self.told(f"host {one}") for one in hosts)

    def attached(self, number):
        """The numbers of the photos that were uploaded for a post, in the order of a gallery."""
        found = self.between(f"attached {number} ", f"attached {number}!")
        if self.others and self.site:
            found |= self.others.between(f"{self.site} attached {number} ", f"{self.site} attached {number}!")
        places = sorted((key[-29:], told) for key, told in found.items())  # the place and the number of each
        return list(dict.fromkeys(told for _place, told in places))[:MOST_ATTACHED]

    def between(self, first, last):
        rows = self.execute(
            "SELECT key, told FROM notes WHERE key > ? AND key < ? ORDER BY key LIMIT ?", [first, last, MOST_ATTACHED]
        )
        return {key: json.loads(told) for key, told in rows}

    def every(self):
        """All of (key, told)."""
        return ((key, json.loads(told)) for key, told in self.execute("SELECT key, told FROM notes ORDER BY key"))

    def keep(self, found, channel):
        match found.name:
            case "wp:author":
                self.put(f"author {found.field('wp:author_login')}", found.field("wp:author_display_name"))
            case "wp:category":
                self.put(f"term {found.field('wp:term_id')}", found.field("wp:category_nicename"))
            case "wp:term" if found.field("wp:term_taxonomy") == "category":
                self.put(f"term {found.field('wp:term_id')}", found.field("wp:term_slug"))
            case "item":
                self.keep_item(found, channel)

    def keep_item(self, found, channel):
        number = found.field("wp:post_id")
        match found.field("wp:post_type"):
            case "attachment" if number:
                self.keep_attachment(number, found, site_of_channel(channel) or site_of(found))
            case "wp_block" if len(text := found.fields.get("content:encoded", "")) <= LONGEST_PATTERN:
                self.put(f"pattern {number}", text)
            case "post" | "" if guid := found.field("guid"):
                other, own = self.told(f"guid {guid}"), number or found.field("link")
                if other is None:
                    self.put(f"guid {guid}", own)
                elif other != own:
                    self.put(f"shared {guid}", True)

    def keep_attachment(self, number, found, site):
        told = attachment(found, site)
        if not is_picture(told["file"]):
            self.put(f"file {number}", [found.field("wp:attachment_url") or found.field("guid"), found.field("title")])
            return
        self.keep_photo(number, told)
        if parent := found.field("wp:post_parent"):
            order = found.field("wp:menu_order")
            place = min(max(int(order) if re.fullmatch(r"-?\d{1,9}", order) else 0, -(10**6)), 10**6) + 10**6
            self.put(f"attached {parent} {place:08} {number[:20]:0>20}", number)

    def keep_photo(self, number, told):
        """What `attachment` told, and by which hosts and paths posts name it."""
        self.put(f"photo {number}", told)
        for address in (told["uri"], *told["other_uris"]):
            self.put(f"host {host_of(address)}", True)
        for path in filter(None, (told["file"], *map(uploaded, told["other_uris"]))):
            self.put(f"path {path}", number)
            self.put(f"made of {wxr.GENERATED.sub('', path)}", number)


class Others(Known):
    """What several files have, each under its site: two sites number their photos and authors alike.

    `under`: the site of which the next is told.
    """

    under = ""

    def read(self, file):
        """Adds what a file has, up to where it breaks off."""
        target = wxr.Target({**wxr.HEADS, "item": _ATTACHMENT})
        with contextlib.suppress(Refusal):
            for found in wxr.ready(file, target):
                self.under = site_of_channel(target.channel)
                is_post = found.name == "item" and found.field("wp:post_type") in ("post", "")
                if self.under and not found.is_too_large and not is_post:
                    self.keep(found, target.channel)

    def put(self, key, told):
        super().put(f"{self.under} {key}", told)


def attachment(found, site):
    """What a file tells of a photo: `uri` names it by site and number, so that posts can do so without it."""
    address, guid = found.field("wp:attachment_url"), found.field("guid")
    named = numbered(site, found.field("wp:post_id"))
    others = [other for other in dict.fromkeys((guid, address, wxr.without_size(address))) if other]
    return {
        "uri": named or (others[0] if others else ""),
        "other_uris": [other for other in others if other != named] if named else others[1:],
        "file": found.value("_wp_attached_file") or uploaded(address),
        "caption": found.field("excerpt:encoded")[:LONGEST_KEPT],
        "description": found.field("content:encoded")[:LONGEST_KEPT],
        "alt": found.value("_wp_attachment_image_alt"),
        "title": found.field("title")[:LONGEST_KEPT],
    }


def numbered(site, number):
    """The id of a photo, of which a post may tell no more than its number; "" where even that lacks."""
    return f"{site}/?attachment_id={number}" if site and number.isascii() and number.isdecimal() else ""


def is_picture(file):
    """Whether a file is one by its name. One without an ending may be."""
    ending = _ENDING.search(file)
    return not ending or ending[1].lower() in _PICTURES


def site_of_channel(channel):
    """The address of the site, as a key: without what it may lose or get ("www.", http), "" where the file has none."""
    return site_key(channel.get("wp:base_blog_url") or channel.get("link") or channel.get("wp:base_site_url") or "")


def site_of(found):
    """The same by the address of one item, where the head of the file tells nothing: its host."""
    for name in ("link", "guid", "wp:attachment_url"):
        if site := site_key(found.field(name)):
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
    """The host within the path of a picture that another hands out: i0.wp.com/a.example/wp-content/…"""
    return "".join(site_key(address).split("/")[3:4]).lower().removeprefix("www.")


def uploaded(address):
    """The path of a picture in the folder of uploads, by its address; any other address: its path."""
    try:
        path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    except ValueError:
        return ""
    return path.partition("/uploads/")[2] or path.lstrip("/")
