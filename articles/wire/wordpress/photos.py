"""Photos of a WordPress export: attachments as entries of their own, and the photos of posts. Pure.

A photo is identified by its site and number, because a post has only the number of its lead photo. So a file without
attachments names the same photos as the file that has them.
"""

import contextlib
import datetime
import re
import urllib.parse

from django.utils.translation import gettext as _

from articles.text import letters

from ..html import convert
from ..values.item import Picture, Refusal
from ..values.times import parse_datetime
from . import wxr, wxr_known
from .texts import plain

MOST_PHOTOS = 200

_CLASS = re.compile(r"\bwp-image-(\d{1,18})\b")
_GALLERY = re.compile(r"\[gallery(?=[\s\]])([^\[\]]{0,5000}+)\]")
_GIVEN = re.compile(r"""\b(ids|include|exclude|id)\s*=\s*["']?\s*([\d,\s]*+)""")


def by_itself(element, site):
    """An attachment as a Picture that comes alone. Raises Refusal if it has no id."""
    data = wxr_known.attachment(element, site)
    if not data["uri"]:
        raise Refusal(_("It has no id: neither a number nor an address."))
    picture = _picture(data)
    with contextlib.suppress(ValueError, OverflowError):
        picture.version_at = parse_datetime(element.field("wp:post_modified_gmt"), datetime.UTC)[0]
    picture.source = {name: data[name] for name in ("file", "caption", "description", "alt", "title")}
    return picture


def lead(post):
    number = post.element.value("_thumbnail_id")
    if not number or number == "0":
        return None
    picture = numbered(post, number)
    if picture is None and post.ask(f"file {number}"):
        post.remark(_("What it has for a lead photo (attachment %(id)s) is a file of another kind.") % {"id": number})
    elif picture is None or not picture.file:
        post.remark(_("Its lead photo (attachment %(id)s) is not in the file.") % {"id": number[:20]})
    return picture


def gallery(post, text):
    """The photos of each [gallery]: the listed ones, or else all that were uploaded for the post."""
    numbers = {}
    for match in _GALLERY.finditer(text):
        attributes = {name: _numbers(value) for name, value in _GIVEN.findall(match[1])}
        listed = attributes.get("ids") or attributes.get("include") or _attached(post, attributes)
        numbers |= dict.fromkeys(listed)
    if len(numbers) > MOST_PHOTOS:
        params = {"count": len(numbers), "most": MOST_PHOTOS}
        post.remark(_("Of the %(count)s photos of its gallery, the first %(most)s were taken.") % params)
    pictures = [numbered(post, number) for number in list(numbers)[:MOST_PHOTOS]]
    if missing := sum(not (picture and picture.file) for picture in pictures):
        post.remark(_("Photos of its gallery that are not in the file: %(count)s.") % {"count": missing})
    return [picture for picture in pictures if picture]


def _numbers(written):
    return [number.strip() for number in written.split(",") if number.strip()]


def _attached(post, attributes):
    number = next(iter(attributes.get("id", [])), post.element.field("wp:post_id"))
    listed = [one for one in post.attached(number) if one not in attributes.get("exclude", [])]
    if not listed:
        post.missing += 1
        post.remark(_("It has a gallery of all its photos, but the file has none that belongs to it."))
    return listed


def numbered(post, number, **use):
    """The photo with a number, even if only its number is known; None if the number is another kind of file."""
    if post.known.get(f"file {number}"):
        return None
    if data := post.ask(f"photo {number}"):
        return _picture(data, **use)
    uri = wxr_known.numbered(post.site, number)
    return Picture(uri) if uri else None


def of_text(post, attrs, caption):
    """The Picture of an <img>: an attachment by its address or number, or else a Picture from the address alone."""
    source = convert.source_of(attrs)
    if not source:
        return None
    alt = attrs.get("alt", "").strip()
    with contextlib.suppress(ValueError):  # the address is invalid
        source = urllib.parse.urljoin(post.address, source)
    original = wxr.without_size(source)
    file = wxr_known.uploaded(original)
    noted = _CLASS.search(attrs.get("class", ""))
    number = post.known.number_at(source) or (noted[1] if noted and _is_named(post, noted[1], file) else "")
    if number and (data := post.ask(f"photo {number}")):
        return _picture(data, use_caption=caption, use_alt=alt)
    others = [wxr_known.numbered(post.site, noted[1])] if noted and _is_of_site(post, original) else []
    return Picture(uri=original, file=file, caption=caption, alt=alt, other_uris=list(filter(None, others)))


def _is_named(post, number, file):
    """Whether the attachment with this number has this file name.

    The number in a picture's class may be wrong: posts that were moved from another site keep its numbers.
    """
    data = post.known.get(f"photo {number}")
    return bool(data and _stem(file).startswith(_stem(data["file"])))


def _is_of_site(post, address):
    return bool(post.site) and wxr_known.host_of(address) == wxr_known.host_of(post.site)


def _stem(file):
    return wxr.GENERATED.sub("", file).rpartition("/")[2].rpartition(".")[0] or file


def _picture(data, use_caption="", use_alt=""):
    caption, description = (plain(data[name]) for name in ("caption", "description"))
    caption, description = caption or description, description if caption != description and caption else ""
    title, original = plain(data["title"]), wxr.GENERATED.sub("", data["file"])
    return Picture(
        uri=data["uri"],
        file=data["file"],
        caption=caption or use_caption,
        use_caption=use_caption if caption and use_caption != caption else "",
        alt=data["alt"] or use_alt,
        long_description=description,
        title="" if letters.slug(title) == letters.slug(_stem(data["file"])) else title,
        other_files=(original,) if original != data["file"] else (),
        other_uris=data["other_uris"],
    )
