"""Snapshots of a story in the desk's words, and the differences between two of them, for one reader."""

import functools

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions, publishing
from articles.desk import timestamps
from articles.models import Photo, Story
from articles.models.person import Role
from articles.text import body
from articles.text.differences import changes, paired

from ..story.columns import thumbnail
from . import blocks

NEAR = 1  # unchanged paragraphs that are shown before and behind a change
NOT_SHOWN = {"names"}  # part of a snapshot that only names the others


class Legible:
    """A snapshot in the desk's words, for `reader`: other rows by name."""

    def __init__(self, snapshot, reader):
        self.references, self.reader = publishing.References(snapshot), reader
        self.snapshot = self.references.snapshot

    @property
    def parts(self):
        return [name for name in self.snapshot if name not in NOT_SHOWN]

    def differing(self, other):
        """The parts that differ from `other`. A renamed row is no difference.

        A part that `other` lacks is ignored: `other` may be older than the field.
        """
        return publishing.differing(self.snapshot, other.snapshot)

    def difference(self, name, before):
        """What became of a part since `before`, another Legible."""
        if name == "body":
            return text_difference(before.body, self.body, self.reader)
        return difference(before.words(name), self.words(name))

    @property
    def body(self):
        return body.blocks(body.clean(self.snapshot.get("body") or ""))

    def words(self, name):
        """A part as a list of words. A credit, tag or photo counts as one word."""
        value = self.snapshot.get(name)
        if name in ("credits", "gallery"):
            return [self.item(name, one) for one in value or []]
        if name == "tags":
            return [self.references.name(key) for key in value or []]
        if name == "verified_in":
            return self._verifier(value)
        if name in publishing.POINTING:
            return [self.references.name(value)] if value else []
        return _plain(name, value)

    def item(self, name, one):
        """A credit, tag or photo of the gallery in words."""
        key, other = one if isinstance(one, list | tuple) else (one, "")
        other = dict(Role.choices).get(other, other) if name == "credits" else other
        return " – ".join(filter(None, [self.references.name(key), str(other or "")]))

    def shown(self, name):
        """A part as it was."""
        if name == "body":
            return text_difference(self.body, self.body, self.reader, is_whole=True)
        return (", " if isinstance(self.snapshot[name], list) else " ").join(self.words(name)) or "–"

    def _verifier(self, uid):
        """The headline of another desk's story is not shown."""
        story = self.references.row("verified_in", uid)
        if story is None:
            return [_("a story that is not there any more")] if uid else []
        return [_headline(story, permissions.may(self.reader, "view", story))]


def _plain(name, value):
    if isinstance(value, bool):
        return [str(_("yes") if value else _("no"))]
    field = next((field for field in Story._meta.concrete_fields if field.name == name), models.TextField())
    if value and isinstance(field, models.DateTimeField):
        return [timestamps.absolute(parse_datetime(value))]
    if value and isinstance(field, models.DateField):
        return [date_format(parse_date(value), timestamps.DAY)]
    return str("" if value is None else dict(field.flatchoices or []).get(value, value)).split()


def _headline(story, may_see):
    return story.headline if may_see else str(_("a story of another desk"))


# Differences -----------------------------------------------------------------------------


def difference(before, after):
    """The new words, with deletions struck out and insertions underlined."""
    parts = []
    for is_kept, was, now in changes(before, after):
        if is_kept:
            parts.append(_line(now))
            continue
        parts += [format_html("<del>{}</del>", _line(was))] if _line(was) else []
        parts += [format_html("<ins>{}</ins>", _line(now))] if _line(now) else []
        if not (_line(was) or _line(now)):
            parts.append(format_html('<span class="of-form">{}</span>', _("(the same words, in another form)")))
    return format_html_join(" ", "{}", ([part] for part in parts if part))


def _line(words):
    """Words in a line; a new line within a paragraph, as in a list, stays one."""
    words = [word for word in words if not word.startswith(blocks.FORM)]
    lines = " ".join(words).split(f" {blocks.NEW_LINE} ")
    return format_html_join(mark_safe("<br>"), "{}", ([line] for line in lines)) if any(lines) else ""


def text_difference(before, after, reader, is_whole=False):
    """Two runs of blocks, paragraph by paragraph: what is new, gone or changed, and the words near it.

    `is_whole`: paragraphs that stayed are shown, too.
    """
    named = _Named([*before, *after], reader)
    was, now = ([named.words(block) for block in run] for run in (before, after))
    rows, shown = paired(was, now), []
    far = [not is_whole and _is_far(rows, place) for place in range(len(rows))]
    place = 0
    while place < len(rows):
        if far[place]:
            count = next((step for step, is_far in enumerate(far[place:]) if not is_far), len(rows) - place)
            words = ngettext("%(count)d paragraph as before", "%(count)d paragraphs as before", count)
            shown.append(format_html('<p class="as-before">{}</p>', words % {"count": count}))
            place += count
            continue
        shown.append(named.paragraph(*rows[place]))
        place += 1
    return format_html('<div class="difference">{}</div>', format_html_join("", "{}", ([one] for one in shown)))


def _is_far(rows, place):
    return all(was == now for was, now in rows[max(0, place - NEAR) : place + NEAR + 1])


class _Named:
    """Stories and photos of blocks by their names, read at once."""

    def __init__(self, every, reader):
        self.every, self.reader = every, reader

    @functools.cached_property
    def stories(self):
        uids = {block.uid for block in self.every if block.kind == "aside"}
        rows = list(Story.objects.for_desk().filter(uid__in=uids)) if uids else []
        linkable = permissions.linkable(self.reader, timezone.now()).filter(pk__in=[row.pk for row in rows])
        seen = set(linkable.values_list("pk", flat=True)) if rows else set()
        return {str(row.uid): _headline(row, row.pk in seen) for row in rows}

    @functools.cached_property
    def photos(self):
        uids = {block.uid for block in self.every if block.kind == "figure"}
        return {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=uids)} if uids else {}

    def words(self, block):
        gone = _("a story that is not there any more")
        if block.kind == "aside":
            return [blocks.STORY + block.uid, _("Also read:"), *self.stories.get(block.uid, gone).split()]
        if block.kind == "figure":
            photo = self.photos.get(block.uid)
            told = block.caption or (str(photo) if photo else _("a photo that is not there any more"))
            return [blocks.PHOTO + block.uid, _("Photo:"), *told.split()]
        return [_("– page break –")] if block.kind == "hr" else blocks.words(block.html)

    def paragraph(self, was, now):
        """One paragraph, with its picture if it is a photo."""
        uid = next((word for word in now or was if word.startswith(blocks.PHOTO)), "").removeprefix(blocks.PHOTO)
        picture = thumbnail(self.photos[uid]) if uid in self.photos else ""
        kind = "is-new" if was is None else "is-gone" if now is None else ""
        return format_html('<p class="{}">{}{}</p>', kind, picture, difference(was or [], now or []))
