"""What a story was at each move, written down and brought back."""

from django.utils.dateparse import parse_datetime

from articles.models import Credit, Person, Photo, Revision, Section, Series, Story, StoryPhoto, Tag, TaggedStory
from articles.models.revision import Move

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


def snapshot(story):
    """Fields, credits, tags and photos as plain values; what they point at by natural key."""
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
        "section": story.section.slug,
        "series": story.series and story.series.slug,
        "lead_photo": story.lead_photo and story.lead_photo.uid,
        "verified_in": story.verified_in and story.verified_in.uid,
        "credits": [[person.slug, role] for person, role in credited],
        "tags": [tag.slug for tag in tags],
        "gallery": [[photo.uid, caption] for photo, caption in gallery],
    }


def restore(story, snapshot, keep=("slug", *TIMES)):
    """Give `story` the words, credits, tags and photos of a snapshot; the caller has locked it, saves a Revision.

    `keep`: what stays as it is (rules.md W7: the slug does not come back unless asked). What a snapshot names and
    the newsroom no longer has is left out. Returns the story, saved.
    """
    for name in WORDS:
        if name in snapshot and name not in keep:
            setattr(story, name, snapshot[name])
    for name in TIMES:
        if name in snapshot and name not in keep:
            setattr(story, name, parse_datetime(snapshot[name]) if isinstance(snapshot[name], str) else snapshot[name])
    story.section = Section.objects.filter(edition=story.edition, slug=snapshot["section"]).first() or story.section
    story.series = Series.objects.filter(slug=snapshot["series"]).first()
    story.lead_photo = Photo.objects.filter(uid=snapshot["lead_photo"]).first() if snapshot["lead_photo"] else None
    verified_in = snapshot.get("verified_in")
    story.verified_in = Story.objects.filter(uid=verified_in).first() if verified_in else None
    story.save()
    _put_back(story, snapshot)
    return story


def _put_back(story, snapshot):
    people = Person.objects.in_bulk([slug for slug, _ in snapshot["credits"]], field_name="slug")
    tags = Tag.objects.in_bulk(snapshot["tags"], field_name="slug")
    photos = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=[uid for uid, _ in snapshot["gallery"]])}
    for part in (story.credits, story.tag_links, story.gallery):
        part.all().delete()
    Credit.objects.bulk_create(
        Credit(story=story, person=people[slug], role=role, order=order)
        for order, (slug, role) in enumerate(snapshot["credits"], 1)
        if slug in people
    )
    TaggedStory.objects.bulk_create(
        TaggedStory(content_object=story, tag=tags[slug], order=order)
        for order, slug in enumerate(snapshot["tags"], 1)
        if slug in tags
    )
    StoryPhoto.objects.bulk_create(
        StoryPhoto(story=story, photo=photos[str(uid)], caption=caption, order=order)
        for order, (uid, caption) in enumerate(snapshot["gallery"], 1)
        if str(uid) in photos
    )
