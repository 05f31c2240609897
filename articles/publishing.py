"""The moves a person makes with a story, and what must be done before each.

Every move is one transaction: it locks the story, refuses or changes it, and writes a Revision. Whoever moves a
story, by button or by code, calls these functions.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from . import body
from .models import Address, Credit, Revision, Story
from .models.person import Role
from .models.story import State

SNAPSHOT_FIELDS = [
    "uid", "label", "kicker", "headline", "short_headline", "slug", "standfirst", "body", "source_line", "place",
    "lead_caption", "urgency", "state", "publish_at", "embargo_until", "expires_at", "day", "first_published_at",
]  # fmt: skip


class Refused(Exception):
    """A move that the rules do not allow now. `reasons`: sentences for the person who tried, in their language."""

    def __init__(self, *reasons):
        self.reasons = list(reasons)
        super().__init__(" ".join(map(str, reasons)))


@transaction.atomic
def release(story, by, at):
    """Let readers have the story: at its `publish_at` if that is to come, else at once.

    The address gets the day on which it goes live in the edition's zone, and keeps it once it has been live.
    Raises Refused.
    """
    story = _locked(story)
    if story.state == State.RELEASED:
        raise Refused(_("The story is released already."))
    if reasons := unready(story):
        raise Refused(*reasons)
    if not story.publish_at or story.publish_at < at:
        story.publish_at = story.first_published_at if was_live(story, at) else at
    if story.expires_at and story.expires_at <= max(at, story.publish_at):
        raise Refused(_("The story would expire before it is published: mend the time of expiry."))
    story.state = State.RELEASED
    set_day(story, at)
    if address_taken(story):
        raise Refused(_("Another story of that day has this address: choose another slug."))
    story.changed_at = at
    story.version += 1
    story.save()
    record(story, by, at, _("released"))
    return story


@transaction.atomic
def withdraw(story, by, at):
    """Take a released story away from readers; an address that they have had stays taken. Raises Refused."""
    story = _locked(story)
    if story.state != State.RELEASED:
        raise Refused(_("Only a released story can be withdrawn."))
    if not was_live(story, at):
        story.first_published_at = story.day = None
    story.state = State.WITHDRAWN
    story.changed_at = at
    story.version += 1
    story.save()
    record(story, by, at, _("withdrawn"))
    return story


def unready(story):
    """What must be done before readers may have the story: sentences for the desk, none when it is ready."""
    reasons = []
    if not story.headline.strip():
        reasons.append(_("Write a headline."))
    if not story.slug:
        reasons.append(_("Give the story a slug."))
    if not story.standfirst.strip():
        reasons.append(_("Write a standfirst."))
    if not body.text(body.clean(story.body)):
        reasons.append(_("Write the body."))
    if stray := stray_section(story):
        reasons.append(stray)
    roles = set(Credit.objects.filter(story=story).values_list("role", flat=True))
    if Role.AUTHOR not in roles:
        reasons.append(_("Credit at least one author."))
    if Role.EDITOR not in roles:
        reasons.append(_("Credit at least one editor."))
    if story.lead_photo and not (story.lead_photo.alt and story.lead_photo.credit and story.shown_lead_caption):
        reasons.append(_("Give the lead photo an alternative text, a caption and a credit."))
    return reasons


def stray_section(story):
    """What to do about a section of another edition, if the story has one."""
    if story.section_id and story.section.edition_id != story.edition_id:
        return _("Choose a section of the story's own edition.")
    return None


def set_day(story, at):
    """The day in the address, and the first publication, follow `publish_at` and embargo until they have passed."""
    story.publish_at = story.publish_at or at
    if was_live(story, at):
        return
    story.first_published_at = max(story.publish_at, story.embargo_until or story.publish_at)
    story.day = story.edition.day(story.first_published_at)


def address_taken(story):
    """Whether another story stands, or once stood, at the address that this one has or is about to get."""
    address = {"edition": story.edition_id, "day": story.day, "slug": story.slug}
    now = Story.objects.filter(**address).exclude(pk=story.pk)
    once = Address.objects.filter(**address).exclude(story=story.pk)
    return bool(story.day) and (now.exists() or once.exists())


def changed(story, before, at):
    """Finish a change that the desk made to `story`, where `before` is the row as it was; the caller saves.

    A story that has been live keeps its day, and its former slug leads to it.
    """
    if story.state == State.RELEASED:
        set_day(story, at)
    if before.day and was_live(before, at) and before.slug != story.slug:
        Address.objects.filter(edition=story.edition, day=story.day, slug=story.slug, story=story).delete()
        Address.objects.get_or_create(
            edition=before.edition, day=before.day, slug=before.slug, defaults={"story": story}
        )
    story.changed_at = at
    story.version = before.version + 1


def record(story, by, at, note=""):
    """Write the story, as it stands in the database now, into its row of revisions."""
    last = Revision.objects.filter(story=story).order_by("-number").first()
    return Revision.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        snapshot=snapshot(Story.objects.for_page().get(pk=story.pk)),
        by=by,
        at=at,
        note=note,
        previous_hash=last.hash if last else "",
    )


def snapshot(story):
    """Fields, credits, tags and photos as plain values; what they point at by natural key."""
    return {
        **{name: getattr(story, name) for name in SNAPSHOT_FIELDS},
        "edition": story.edition.slug,
        "section": story.section.slug,
        "series": story.series and story.series.slug,
        "lead_photo": story.lead_photo and story.lead_photo.uid,
        "credits": [[credit.person.slug, credit.role] for credit in story.credits.all()],
        "tags": [link.tag.slug for link in story.tag_links.all()],
        "gallery": [[use.photo.uid, use.caption] for use in story.gallery.all()],
    }


def _locked(story):
    return Story.objects.select_for_update(of=("self",)).select_related("edition", "section").get(pk=story.pk)


def was_live(story, at):
    """Whether readers have had the story before the moment `at`."""
    return bool(story.first_published_at and story.first_published_at <= at)
