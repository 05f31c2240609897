"""What a story was at each move, written down and brought back."""

from django.utils.dateparse import parse_datetime

from articles.models import Credit, Revision, Story, StoryPhoto, TaggedStory
from articles.models.revision import Move

from .pointed import names_of

TIMES = ["publish_at", "embargo_until", "expires_at"]
WORDS = [
    "label", "kicker", "headline", "short_headline", "slug", "standfirst", "body", "source_line", "place",
    "lead_caption", "urgency", "in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told",
    "is_made_with_ai", "ai_note", "involves_child", "child_is_unnamed", "protected_names", "is_about_suicide",
]  # fmt: skip
PROTECTION = ["involves_child", "child_is_unnamed", "protected_names", "is_about_suicide"]
KEPT = ["uid", "state", "day", "first_published_at", "updated_at"]  # told, but never brought back


def record(story, by, at, move=Move.SAVED, note=""):
    """Write the story, as it stands in the database now, into its row of revisions."""
    last = Revision.objects.filter(story=story).select_related("by").order_by("-number").first()
    return Revision.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        move=move,
        snapshot=snapshot(Story.objects.for_page().get(pk=story.pk)),
        by=by,
        at=at,
        note=note,
        previous_hash=last.hash if last else "",
    )


def record_all(stories, by, at, move):
    """The same for many at once, which stand in the database as they are to be recorded."""
    keys = [story.pk for story in stories]
    begun = Revision.objects.filter(story__in=keys).select_related("by").order_by("number")
    last = {revision.story_id: revision for revision in begun}
    now = Story.objects.for_page().select_related("edition").in_bulk(keys)
    Revision.objects.bulk_create(
        Revision(
            story=now[key],
            number=last[key].number + 1 if key in last else 1,
            move=move,
            snapshot=snapshot(now[key]),
            by=by,
            at=at,
            previous_hash=last[key].hash if key in last else "",
        )
        for key in keys
    )


def begin(story, at):
    """Write down what a story was before its first change here, if nothing of it is: it was loaded, by whoever.

    To be called before the change, by whoever holds the lock of the story.
    """
    if not Revision.objects.filter(story=story).exists():
        record(story, None, at, Move.LOADED)


def snapshot(story):
    """Fields, credits, tags and photos as plain values; what they point at by public id (pointed.py)."""
    return told(
        story,
        [(credit.person, credit.role) for credit in story.credits.all()],
        [link.tag for link in story.tag_links.all()],
        [(use.photo, use.caption) for use in story.gallery.all()],
    )


def told(story, credited, tags, gallery):
    """The snapshot of a story with these [(Person, role)], [Tag], [(Photo, caption)], stored yet or not."""
    return {
        **{name: getattr(story, name) for name in [*KEPT, *WORDS, *TIMES]},
        "edition": story.edition.slug,
        "section": story.section.uid,
        "series": story.series and story.series.uid,
        "lead_photo": story.lead_photo and story.lead_photo.uid,
        "verified_in": story.verified_in and story.verified_in.uid,
        "credits": [[person.uid, role] for person, role in credited],
        "tags": [tag.uid for tag in tags],
        "gallery": [[photo.uid, caption] for photo, caption in gallery],
        "names": names_of(story, [person for person, _role in credited], tags, [photo for photo, _use in gallery]),
    }


def restore(story, pointed, keep=("slug", *TIMES)):
    """Give `story` the words, credits, tags and photos of a snapshot (Pointed); the caller has locked it, has refused
    what is missing, and saves a Revision.

    `keep`: what stays as it is (rules.md W7: the slug does not come back unless asked). A section of another edition
    does not come back, as the edition does not. Returns the story, saved.
    """
    snapshot = pointed.told
    for name in WORDS:
        if name in snapshot and name not in keep:
            setattr(story, name, snapshot[name])
    for name in TIMES:
        if name in snapshot and name not in keep:
            setattr(story, name, parse_datetime(snapshot[name]) if isinstance(snapshot[name], str) else snapshot[name])
    section = pointed.row("section", snapshot["section"])
    story.section = section if section and section.edition_id == story.edition_id else story.section
    for name in ("series", "lead_photo", "verified_in"):
        setattr(story, name, pointed.row(name, snapshot.get(name)))
    story.save()
    _put_back(story, pointed)
    return story


def _put_back(story, pointed):
    for part in (story.credits, story.tag_links, story.gallery):
        part.all().delete()
    Credit.objects.bulk_create(
        Credit(story=story, person=pointed.row("credits", key), role=role, order=order)
        for order, (key, role) in enumerate(pointed.told["credits"], 1)
    )
    TaggedStory.objects.bulk_create(
        TaggedStory(content_object=story, tag=pointed.row("tags", key), order=order)
        for order, key in enumerate(pointed.told["tags"], 1)
    )
    StoryPhoto.objects.bulk_create(
        StoryPhoto(story=story, photo=pointed.row("gallery", key), caption=caption, order=order)
        for order, (key, caption) in enumerate(pointed.told["gallery"], 1)
    )
