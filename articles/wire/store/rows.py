"""Items as rows: new stories with all their parts. changes.py changes stories that are stored already."""

from django.utils.translation import gettext as _

from articles import publishing
from articles.models import (
    Address,
    Arrival,
    AwaitedPhoto,
    Credit,
    Revision,
    Story,
    StoryPhoto,
    TaggedStory,
)
from articles.models.revision import Move
from articles.models.story import State
from articles.text import body

from ..html import convert
from ..values import story_fields
from ..values.fields import fitting
from . import extras, identities, photo_ids
from .inserts import insert, insert_links
from .related_rows import pictures

COPIED = ["headline", *story_fields.CARRIED]
_BLANK = [field.get_default() for field in Story._meta.concrete_fields]  # finding defaults takes most of Story()


def create(ready_items, options, related_rows):
    """Store new stories with all their parts. Returns {uid: Story}, each with its `remarks`."""
    made = [(_story(one, related_rows, options), one) for one in ready_items]
    stories = [story for story, _one in made]
    find_free_addresses(stories)
    for story, key in zip(stories, insert(Story, list(map(vars, stories))), strict=True):
        story.pk = key
    parts = [related_rows.parts(one.item) for _story, one in made]
    attach(stories, parts)
    insert(Revision, [_revision(story, one, part, options) for (story, one), part in zip(made, parts, strict=True)])
    insert(Arrival, [arrival(story, one, options.at) for story, one in made])
    finish(made, options, related_rows)
    return {story.uid: story for story in stories}


def finish(made, options, related_rows):
    """Store the rare parts: awaited photos, ids of photos, and the parts of extras.py."""
    awaited = [
        AwaitedPhoto(story=story, uid=picture.uid, use=use, order=order)
        for story, one in made
        for use, order, picture in related_rows.awaited(one.item)
    ]
    AwaitedPhoto.objects.bulk_create(awaited, ignore_conflicts=True)
    photo_ids.remember([picture for _story, one in made for picture in pictures(one.item)], related_rows.photos)
    extras.store(made, options)


def snapshot(story, part):
    """The snapshot of a story with the parts of `RelatedRows.parts`."""
    credited, tags, gallery = part
    captioned = [(photo, caption(used, photo)) for photo, (_at, used) in gallery]
    return publishing.snapshot_of(story, credited, tags, captioned)


def _revision(story, one, part, options):
    return {
        "story_id": story.pk,
        "number": 1,
        "move": Move.TAKEN_IN,
        "snapshot": snapshot(story, part),
        "version": story.version,
        "by_id": options.by and options.by.pk,
        "at": options.at,
        "note": one.item.note,
    }


def arrival(story, one, at):
    """The values of an Arrival."""
    item = one.item
    return {
        "story_id": story.pk,
        "uri": fitting(Arrival, "uri", item.uri),
        "source_uid": item.uid if item.uid != story.uid else None,
        "version": item.version,
        "version_at": item.version_at,
        "digest": one.digest,
        "beside": one.beside,
        "missing": item.missing,
        "story_version": story.version,
        "has_old_links": has_old_links(one.body),
        "taken_at": at,
    }


def has_old_links(clean):
    """Whether a body has links to related stories at their old addresses, such as "Baca juga: …"."""
    return "<a " in clean and any(convert.related_link(block.html) for block in body.blocks(clean))


def _story(one, related_rows, options):
    """A new story, unsaved."""
    item = one.item
    edition = related_rows.editions[item.uid]
    story = Story(*_BLANK)
    story.uid, story.edition = item.uid, edition
    story.version, story.changed_at = max(1, item.version), options.at
    story.remarks = [*related_rows.remarks.get(item.uid, []), *_of_language(item, story.edition)]
    write(story, one, related_rows)
    story.embargo_until, story.expires_at = item.embargo_until, item.expires_at
    if not release(story, one, options):
        start = start_of(item)
        story.publish_at = start if start and start > options.at else None
    return story


def _of_language(item, edition):
    """A remark if the item has another language than its edition. "en-GB" counts as English."""
    language, own_language = (language.partition("-")[0].lower() for language in (item.language, edition.language))
    return (
        [_("its language is “%(language)s”, not that of the edition") % {"language": language[:20]}]
        if language and language != own_language
        else []
    )


def release(story, one, options):
    """Give a story the state of its source if `released` is set and the story is complete. Returns whether it did.

    A story that stays a draft for any other reason gets a remark.
    """
    item, start = one.item, start_of(one.item)
    if not options.released or item.state == "draft":
        return False
    if start is None:
        story.remarks.append(_("It has no date: it stays a draft."))
        return False
    if item.state == "released" and publishing.is_headline_alone(story, has_gallery=bool(item.gallery)):
        story.remarks.append(_("It has nothing but a headline: it stays a draft."))
        return False
    story.state = State(item.state)
    story.publish_at, story.embargo_until, story.expires_at = start, item.embargo_until, item.expires_at
    live_from = max(story.publish_at, story.embargo_until or story.publish_at)
    story.first_published_at = item.first_published_at or live_from
    story.day = item.day or story.edition.day(story.first_published_at)
    story.updated_at = item.version_at if item.version_at and item.version_at > live_from else None
    return True


def start_of(item):
    return item.publish_at or item.first_published_at or item.version_at


def write(story, one, related_rows):
    """Write an item into a story. Its texts fit their fields already (ready.py)."""
    item = one.item
    if not story.day:
        story.slug = item.slug
    for name in COPIED:
        setattr(story, name, getattr(item, name))
    for field in story_fields.FURTHER:
        setattr(story, field.name, story_fields.read_further(field, item.further.get(field.name), one.remarks))
    story.body = related_rows.body(one) if item.pictures else one.body
    story.section = related_rows.section(item)
    story.series = related_rows.series.rows[identities.key(item.series)] if item.series else None
    lead(story, item, related_rows)


def lead(story, item, related_rows):
    story.lead_photo = related_rows.photo(item.lead) if item.lead else None
    story.lead_caption = caption(item.lead, story.lead_photo) if item.lead else ""


def caption(picture, photo):
    """The caption of this use; "" if it equals the photo's own."""
    text = fitting(Story, "lead_caption", picture.use_caption or picture.caption)
    return "" if photo and text == photo.caption else text


def attach(stories, parts):
    """Store credits, tags and galleries of stored stories. `parts`: those of `RelatedRows.parts`.

    Credits and tags are most of a story's rows. Storing them without model instances saves half of the time.
    """
    both = list(zip(stories, parts, strict=True))
    insert_links(
        Credit,
        ["story", "person", "role", "order"],
        [
            (story.pk, person.pk, role, at)
            for story, (credited, _tags, _gallery) in both
            for at, (person, role) in enumerate(credited)
        ],
    )
    insert_links(
        TaggedStory,
        ["content_object", "tag", "order"],
        [(story.pk, tag.pk, at) for story, (_credited, tags, _gallery) in both for at, tag in enumerate(tags)],
    )
    StoryPhoto.objects.bulk_create(
        StoryPhoto(story=story, photo=photo, caption=caption(used, photo), order=used_at)
        for story, (_credited, _tags, gallery) in both
        for photo, (used_at, used) in gallery
    )


def find_free_addresses(stories):
    """Give each story a slug that is free on its day. A story that has the slug already keeps it."""
    placed = [story for story in stories if story.day]
    if not placed:
        return
    filters = {"slug__in": [story.slug for story in placed], "day__in": {story.day for story in placed}}
    taken = {
        row
        for model in (Story, Address)
        for row in model.objects.filter(**filters).values_list("edition", "day", "slug")
    }
    for story in placed:
        if (story.edition_id, story.day, story.slug) in taken:
            story.remarks.append(_("an address that was taken: %(slug)s") % {"slug": story.slug})
            story.slug = f"{story.slug[:150]}-{story.uid.hex[:8]}"
        taken.add((story.edition_id, story.day, story.slug))
