"""Stories and photos from an export of WordPress (WXR). Pure: wire/values/item.py defines a reader.

Posts and photos are imported. Pages, menus, revisions, other files, custom post types and posts in the trash are passed
over and counted. post.py converts a post.
"""

import contextlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..streams.scratch import rewindable
from ..values.item import LARGEST, Passed, Refusal
from . import photos, wxr, wxr_known
from .post import Post
from .texts import plain

KINDS = {
    "page": gettext_lazy("page"),
    "revision": gettext_lazy("revision"),
    "nav_menu_item": gettext_lazy("menu item"),
    "wp_block": gettext_lazy("pattern of the block editor"),
    "custom_css": gettext_lazy("part of the design"),
    "customize_changeset": gettext_lazy("part of the design"),
    "wp_font_face": gettext_lazy("part of the design"),
    "wp_font_family": gettext_lazy("part of the design"),
    "wp_global_styles": gettext_lazy("part of the design"),
    "wp_navigation": gettext_lazy("part of the design"),
    "wp_template": gettext_lazy("part of the design"),
    "wp_template_part": gettext_lazy("part of the design"),
}


def read(file, zone, others=None):
    """Yields (position, entry) for each item. The file is read twice: first for the things that posts refer to.

    `others`: source_notes.Sources, with the notes of the other parts of the export. It learns the notes of this file.
    """
    with contextlib.closing(wxr_known.Known(others)) as known, rewindable(file) as again:
        start = again.tell()
        known.read(again)
        if others is not None:
            others.learn(known)
        again.seek(start)
        for element in wxr.items(again):
            yield _position(element), _entry(element, known, zone)


def read_again(posts, others, zone):
    """Yields (position, Item or Refusal) for posts as (site, `Item.unfinished["post"]`), with the notes of `others`."""
    with contextlib.closing(wxr_known.Known(others)) as known:
        for known.site, data in posts:
            element = wxr.Element("item", 0, **data)
            item = _entry(element, known, zone)
            if not isinstance(item, Refusal):
                item.state = "draft"
            yield (
                _("post %(id)s of %(site)s, which came before")
                % {"id": element.field("wp:post_id") or "?", "site": known.site},
                item,
            )


def _position(element):
    return _("item %(number)s (post %(id)s)") % {"number": element.number, "id": element.field("wp:post_id") or "?"}


def _entry(element, known, zone):
    if kind := _passed_kind(element):
        return Passed(kind, plain(element.field("title"))[:200])
    if element.is_too_large:
        return Refusal(_("It is larger than %(size)s bytes.") % {"size": f"{LARGEST:,}"})
    try:
        if element.field("wp:post_type") == "attachment":
            return photos.by_itself(element, known.site or wxr_known.site_of(element))
        return Post(element, known, zone).item()
    except Refusal as refusal:
        return refusal


def _passed_kind(element):
    """The kind of an item that is passed over; "" for a post or photo."""
    kind = element.field("wp:post_type")
    if kind not in ("post", "attachment", ""):
        return str(KINDS.get(kind, "")) or _("own post type “%(name)s”") % {"name": kind[:40]}
    if element.field("wp:status") == "trash":
        return _("in the trash")
    if kind == "attachment" and not wxr_known.is_picture(wxr_known.attachment(element, "")["file"]):
        return _("file that is no photo")
    if element.field("wp:status") == "auto-draft" and not element.field("content:encoded"):
        return _("draft without a text")
    return ""
