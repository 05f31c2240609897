"""Changes of stored stories: many stories take as many queries as one. decisions.py has decided on each of them."""

from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Arrival, AwaitedPhoto, Credit, Story, StoryPhoto, TaggedStory
from articles.models.correction import Correction, Kind, Reason
from articles.models.revision import Move
from articles.models.story import State

from ..values import story_fields
from . import extras, rows
from .decisions import Do, Outcome

BY_HAND = ["slug", "body", "section", "series", "lead_photo", "lead_caption"]
PLACED = ["state", "publish_at", "embargo_until", "expires_at", "day", "first_published_at", "updated_at"]
PARTS = {Credit: "story", TaggedStory: "content_object", StoryPhoto: "story"}


class Change:
    """A stored story under a lock, with its incoming item and the decision on it."""

    def __init__(self, one, story, decision):
        self.one, self.story, self.decision = one, story, decision
        self.outcome, self.why = decision.outcome, list(decision.why)
        self.before = {name: _value(story, name) for name in [*written(), *PLACED]}
        self.parts, self.has_other_parts, self.is_stored = None, False, False
        story.remarks = []

    def differs(self, names):
        return any(self.before[name] != _value(self.story, name) for name in names)


def written():
    """The story fields that an import may change."""
    return [*BY_HAND, *rows.COPIED, *(field.name for field in story_fields.FURTHER)]


def _value(story, name):
    return getattr(story, story._meta.get_field(name).attname)


def apply(changes, options, related_rows):
    """Make the changes; afterwards each has its `outcome` and `why`."""
    taken_back = [change for change in changes if change.decision.do is Do.WITHDRAW]
    others = [change for change in changes if change.decision.do in (Do.FILL, Do.COMPLETE, Do.UPDATE)]
    others += [change for change in changes if change.decision.do in (Do.NOTHING, Do.NOTE) and change.decision.releases]
    here = _parts_of(others)
    for change in others:
        _write(change, options, related_rows, here)
    _store([change for change in others if change.is_stored], options, related_rows)
    _take_back(taken_back, options)
    _note([change for change in changes if change.decision.do is not Do.NOTHING or change.is_stored], options)


# Words --------------------------------------------------------------------------------------


def _write(change, options, related_rows, here):
    """Write the changes into the unsaved story, and note whether it must be stored."""
    story, one, do = change.story, change.one, change.decision.do
    part = related_rows.parts(one.item)
    had_been_live = publishing.was_live(story, options.at)
    if do is Do.FILL:
        _fill(change, related_rows, part, here)
    elif do in (Do.COMPLETE, Do.UPDATE):
        rows.write(story, one, related_rows)
        change.parts, change.has_other_parts = part, _plain(part) != here[story.pk]
    if do is Do.UPDATE:
        _date(story, one.item, options, had_been_live)
    is_released = change.decision.releases and rows.release(story, one, options)
    change.is_stored = do is Do.UPDATE or is_released or change.has_other_parts or change.differs(written())
    if is_released and do is not Do.UPDATE:
        change.outcome = Outcome.RELEASED
    elif change.is_stored and do is not Do.UPDATE:
        change.outcome = Outcome.COMPLETED
    elif change.decision.releases and not change.is_stored:
        change.why += story.remarks  # the reason why it stays a draft


def _fill(change, related_rows, part, here):
    """Add only photos that the story lacks, because this file may have less than the one before."""
    story, item = change.story, change.one.item
    if story.lead_photo_id is None and item.lead:
        rows.lead(story, item, related_rows)
    _credited, _tags, gallery = here[story.pk]
    if part[2] and not gallery:
        change.parts, change.has_other_parts = ([], [], part[2]), True


def _date(story, item, options, had_been_live):
    """Set the time of the public update, or the time of publication."""
    if had_been_live:
        story.updated_at = item.version_at or options.at
    elif story.state == State.RELEASED:
        story.publish_at = rows.start_of(item) or options.at
        story.embargo_until = item.embargo_until
        publishing.set_day(story, options.at)
    elif story.state in publishing.UNRELEASED:
        start = rows.start_of(item)
        story.publish_at = start if start and start > options.at else None
        story.embargo_until = item.embargo_until
    story.expires_at = item.expires_at


# Rows ---------------------------------------------------------------------------------------


def _store(changes, options, related_rows):
    if not changes:
        return
    stories = [change.story for change in changes]
    _begin(stories, options.at)
    rows.find_free_addresses([change.story for change in changes if change.story.day and not change.before["day"]])
    for change in changes:
        newest = change.one.item.version if change.decision.do is Do.UPDATE else 0
        change.story.version = max(change.story.version + 1, newest)
        change.story.changed_at = options.at
    Story.objects.bulk_update(stories, [*written(), *PLACED, "version", "changed_at"], batch_size=50)
    attached = [change for change in changes if change.has_other_parts]
    replaced = [change.story.pk for change in attached if change.decision.do is not Do.FILL]
    for model, path in PARTS.items() if replaced else ():
        model.objects.filter(**{f"{path}__in": replaced}).delete()
    rows.attach([change.story for change in attached], [change.parts for change in attached])
    AwaitedPhoto.objects.filter(story__in=stories).delete()
    rows.finish([(change.story, change.one) for change in changes], options, related_rows)
    publishing.record_all(stories, options.by, options.at, Move.TAKEN_IN)
    for change in changes:
        remarks = change.one.remarks if change.decision.do is not Do.UPDATE else []
        change.why += [*remarks, *change.story.remarks, *related_rows.remarks.get(change.one.item.uid, [])]


def _begin(stories, at):
    """Begin the history of stories that have none, because they were loaded from outside."""
    known = set(
        Story.objects.filter(pk__in=[story.pk for story in stories], revisions__isnull=False).values_list(
            "pk", flat=True
        )
    )
    for story in stories:
        if story.pk not in known:
            publishing.begin(story, at)


def _parts_of(changes):
    """{story: (credits, tags, gallery)} as stored, as primary keys."""
    parts = {change.story.pk: ([], [], []) for change in changes}
    if not parts:
        return parts
    for story, person, role in Credit.objects.filter(story__in=parts).values_list("story", "person", "role"):
        parts[story][0].append((person, role))
    for story, tag in TaggedStory.objects.filter(content_object__in=parts).values_list("content_object", "tag"):
        parts[story][1].append(tag)
    uses = StoryPhoto.objects.filter(story__in=parts).order_by("order", "pk")
    for story, photo in uses.values_list("story", "photo"):
        parts[story][2].append(photo)
    return parts


def _plain(part):
    credited, tags, gallery = part
    return (
        [(person.pk, role) for person, role in credited],
        [tag.pk for tag in tags],
        [photo.pk for photo, _used in gallery],
    )


def _take_back(changes, options):
    """Withdraw released stories that their source has withdrawn. A missing withdrawal notice gets a standard text."""
    if not changes:
        return
    stories = [change.story for change in changes]
    _begin(stories, options.at)
    extras.store([(change.story, change.one) for change in changes], options)
    noticed = set(Correction.objects.filter(story__in=stories, kind=Kind.WITHDRAWAL).values_list("story", flat=True))
    text = _("Its source has withdrawn this story.")
    Correction.objects.bulk_create(
        Correction(story=story, kind=Kind.WITHDRAWAL, reason=Reason.OTHER, text=text, at=options.at)
        for story in stories
        if story.pk not in noticed
    )
    for change in changes:
        change.story.state, change.story.changed_at = State.WITHDRAWN, options.at
        change.story.version += 1
        change.is_stored = True
        change.why += change.story.remarks
    Story.objects.bulk_update(stories, ["state", "changed_at", "version"], batch_size=50)
    publishing.record_all(stories, options.by, options.at, Move.WITHDRAWN)


def _note(changes, options):
    """Store the version that came last. A file with less than the one before does not count as the last version."""
    new, names = [], [f.name for f in Arrival._meta.concrete_fields if f.name not in ("id", "story")]
    for change in changes:
        before = change.story.arrival
        arrival = Arrival(pk=before.pk, **rows.arrival(change.story, change.one, options.at))
        if not change.is_stored:
            arrival.story_version, arrival.has_old_links = before.story_version, before.has_old_links
        if change.decision.do is Do.FILL and before.digest == arrival.digest:
            arrival.beside, arrival.missing = before.beside, before.missing
        if change.is_stored or (arrival.digest, arrival.beside, arrival.version_at) != (
            before.digest,
            before.beside,
            before.version_at,
        ):
            new.append(arrival)
    Arrival.objects.bulk_update(new, names, batch_size=100)
