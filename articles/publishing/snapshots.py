"""Snapshots: the content of a story at each transition, recorded and restored."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from articles import metrics
from articles.database.compiled import CompiledQuery, prefetched, rows_of
from articles.field_uses import Use
from articles.models import Credit, Revision, Story, StoryPhoto, TaggedStory
from articles.models.revision import Move
from articles.models.story_queryset import JOINED, RECORDED

from .references import names_of, public_id

SEEN_BY_READERS = {Move.RELEASED, Move.RESCHEDULED, Move.CORRECTED, Move.WITHDRAWN, Move.WENT_OUT}
PARTS = {  # lists of rows; in a snapshot: the public id of the first field, then the second as it is
    "credits": (Credit, "person", "role"),
    "tags": (TaggedStory, "tag"),
    "gallery": (StoryPhoto, "photo", "caption"),
}


def part_label(name):
    """The words for a part of a snapshot; for a field that was removed since, its own name."""
    names = {field.name: field.verbose_name for field in Story._meta.concrete_fields}
    parts = {"credits": _("credits"), "tags": _("tags"), "gallery": _("gallery")}
    return names.get(name) or parts.get(name, name)


def record(story, by, at, move=Move.SAVED, note=""):
    """Write a Revision of the story as it is stored now. Its `story` is read anew, with what `blockers` reads."""
    stored = _read(story.pk)
    return _write(stored, snapshot(stored), stored.version, by, at, move, note)


def _read(pk):
    """The stored story, as `for_record` has it, without writing its SQL anew at each save."""
    (stored,) = _story(pk=pk)
    for name, rows in _LISTS.items():
        prefetched(stored, name, rows(key=pk))
    return stored


@CompiledQuery
def _story(pk):
    return Story.objects.filter(pk=pk).select_related(*JOINED)


_LISTS = {name: rows_of(Story, name, rows) for name, rows in RECORDED.items()}


def set_aside(story, words, version, by, at, note=""):
    """Keep the snapshot `words`, which `by` had written upon a `version` of the story and which did not become it."""
    return _write(story, words, version, by, at, Move.SET_ASIDE, note)


def _write(story, words, version, by, at, move, note):
    last = Revision.objects.filter(story=story).select_related("by").order_by("-number").first()
    _count(move)
    return Revision.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        move=move,
        snapshot=words,
        version=version,
        by=by,
        at=at,
        note=note,
        previous_hash=last.hash if last else "",
    )


def _count(move, stories=1):
    if move in SEEN_BY_READERS:
        transaction.on_commit(lambda: metrics.publications.labels(str(move)).inc(stories))


def record_all(stories, by, at, move):
    """The same for many stored stories at once."""
    keys = [story.pk for story in stories]
    begun = Revision.objects.filter(story__in=keys).select_related("by").order_by("number")
    last = {revision.story_id: revision for revision in begun}
    now = Story.objects.for_record().in_bulk(keys)
    _count(move, len(keys))
    Revision.objects.bulk_create(
        Revision(
            story=now[key],
            number=last[key].number + 1 if key in last else 1,
            move=move,
            snapshot=snapshot(now[key]),
            version=now[key].version,
            by=by,
            at=at,
            previous_hash=last[key].hash if key in last else "",
        )
        for key in keys
    )


def begin(story, at):
    """Record a story before its first change here if it has no revision, because it was loaded from elsewhere.

    The caller holds the lock of the story and has not changed it yet.
    """
    if not Revision.objects.filter(story=story).exists():
        record(story, None, at, Move.LOADED)


def snapshot(story):
    """Fields, credits, tags and photos as plain values; other rows by public id (references.py)."""
    return snapshot_of(
        story,
        [(credit.person, credit.role) for credit in story.credits.all()],
        [link.tag for link in story.tag_links.all()],
        [(use.photo, use.caption) for use in story.gallery.all()],
    )


def snapshot_of(story, credited, tags, gallery):
    """The snapshot of a story with these [(Person, role)], [Tag] and [(Photo, caption)], stored or not."""
    return {
        **{field.name: _plain(story, field) for field in Story.field_uses.fields(Use.REVISIONS)},
        "credits": [[str(person.uid), role] for person, role in credited],
        "tags": [str(tag.uid) for tag in tags],
        "gallery": [[str(photo.uid), caption] for photo, caption in gallery],
        "names": names_of(story, [person for person, _role in credited], tags, [photo for photo, _use in gallery]),
    }


def as_stored(value):
    """A snapshot as it comes back from the database."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _plain(story, field):
    value = getattr(story, field.name)
    return public_id(value) if field.is_relation and value else value


def restore(story, references, use):
    """Give `story` the fields with this use, and the credits, tags and photos of a snapshot (References).

    The caller has locked it, has refused missing rows, and writes a Revision. An old snapshot without a newer field
    leaves that field unchanged. A section of another edition is not restored. Returns the saved story.
    """
    snapshot = references.snapshot
    for field in Story.field_uses.fields(use):
        if field.name not in snapshot:
            continue
        stored = snapshot[field.name]
        value = references.row(field.name, stored) if field.is_relation else field.to_python(stored)
        if field.name != "section" or (value and value.edition_id == story.edition_id):
            setattr(story, field.name, value)
    story.save()
    _put_back(story, references)
    return story


def _put_back(story, references):
    for name, (model, *fields) in PARTS.items():
        owner = "content_object" if model is TaggedStory else "story"
        model.objects.filter(**{owner: story}).delete()
        items = [key if isinstance(key, list) else [key] for key in references.snapshot[name]]
        rows = [dict(zip(fields, [references.row(name, key), *others], strict=True)) for key, *others in items]
        model.objects.bulk_create(model(**{owner: story, "order": order}, **row) for order, row in enumerate(rows, 1))
