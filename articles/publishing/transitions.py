"""The transitions: their start states, end states and effects. permissions/ decides who may make one, by its name."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles import permissions
from articles.field_uses import Use
from articles.models import Address, Correction, Edition, Story
from articles.models.correction import Kind, Reason
from articles.models.revision import Move
from articles.models.story import State

from . import standing_in, told
from .checks import blockers, doubts, misplaced
from .hands import alone, begun, begun_on, four_eyes, note_of, state_before_submission
from .protected import revealing
from .ready import settled
from .reasons import Reason as ReasonOfField
from .references import References
from .snapshots import begin, record, restore


class Transition(NamedTuple):
    """`name` is the action in permissions/; `move` is stored in the revision."""

    name: str
    starts: set[State]
    move: Move


UNRELEASED = {State.DRAFT, State.RETURNED, State.SUBMITTED, State.APPROVED}
SUBMIT = Transition("submit", {State.DRAFT, State.RETURNED}, Move.SUBMITTED)
TAKE_BACK = Transition("take_back", {State.SUBMITTED}, Move.TAKEN_BACK)
RETURN = Transition("return", {State.SUBMITTED, State.APPROVED}, Move.RETURNED)
APPROVE = Transition("approve", {State.DRAFT, State.RETURNED, State.SUBMITTED}, Move.APPROVED)
RELEASE = Transition("release", UNRELEASED | {State.WITHDRAWN}, Move.RELEASED)
RESCHEDULE = Transition("release", {State.RELEASED}, Move.RESCHEDULED)
CORRECT = Transition("correct", {State.RELEASED}, Move.CORRECTED)
WITHDRAW = Transition("withdraw", {State.RELEASED}, Move.WITHDRAWN)
TRANSITIONS = {
    transition.name: transition for transition in (SUBMIT, TAKE_BACK, RETURN, APPROVE, RELEASE, CORRECT, WITHDRAW)
}


class Refused(Exception):
    """The rules do not allow this transition now. `reasons`: sentences for the person who tried, in their language."""

    def __init__(self, *reasons):
        self.reasons = list(reasons)
        super().__init__(" ".join(map(str, reasons)))


class Doubtful(Refused):
    """Only doubts block the transition, and a person may overrule them. `doubts`: [facts.Doubt]."""

    def __init__(self, *doubts):
        self.doubts = list(doubts)
        super().__init__(*(doubt.message for doubt in doubts))


def open_transitions(story, allowed):
    """Those of the names `allowed` by which the story can leave its present state, whatever blocks them."""
    return [name for name, transition in TRANSITIONS.items() if story.state in transition.starts and name in allowed]


@transaction.atomic
def submit(story, by, at, note=""):
    """Hand a story over to its editors. Raises PermissionDenied, Refused."""
    story = _begin(SUBMIT, story, by, at)
    return _end(SUBMIT, story, by, at, State.SUBMITTED, note)


@transaction.atomic
def take_back(story, by, at):
    """Take back what was submitted, as long as nobody else has worked on it. Raises PermissionDenied, Refused.

    It stands again where it stood before: a story that was returned keeps the reason in sight.
    """
    story = _begin(TAKE_BACK, story, by, at)
    if begun_on([story], by):
        raise Refused(begun())
    state = state_before_submission(story, State.DRAFT)
    return _end(TAKE_BACK, story, by, at, state if state in SUBMIT.starts else State.DRAFT)


@transaction.atomic
def return_to_writer(story, by, at, note):
    """Give a story back with a reason. Raises PermissionDenied, Refused."""
    story = _begin(RETURN, story, by, at)
    if not note.strip():
        raise Refused(_("Tell the writer what to mend."))
    return _end(RETURN, story, by, at, State.RETURNED, note)


@transaction.atomic
def approve(story, by, at, acknowledged=()):
    """Approve a story; `by` becomes the editor of one that has none. Raises PermissionDenied, Refused, Doubtful."""
    story = _begin(APPROVE, story, by, at)
    standing_in.stand_in(story, by)
    note = _ready(story, by, at, acknowledged)
    return _end(APPROVE, story, by, at, State.APPROVED, note)


@transaction.atomic
def release(story, by, at, acknowledged=()):
    """Publish the story: at its `publish_at` if that lies in the future, else at once.

    The address has the day on which the story goes live, in the edition's zone. That day never changes once it is live.
    `acknowledged`: keys of the doubts that the user overrules. Raises PermissionDenied, Refused, Doubtful.
    """
    story = _begin(RELEASE, story, by, at)
    standing_in.stand_in(story, by)
    note = _ready(story, by, at, acknowledged)
    if not story.publish_at or story.publish_at < at:
        story.publish_at = story.first_published_at if was_live(story, at) else at
    if reason := expired_at_once(story, at):
        raise Refused(reason)
    set_day(story, at)
    if address_taken(story):
        raise Refused(_("Another story of that day has this address: choose another slug."))
    return _end(RELEASE, story, by, at, State.RELEASED, note)


@transaction.atomic
def reschedule(story, by, at, publish_at):
    """Change the time of a story that is not live yet. Raises PermissionDenied, Refused."""
    story = _begin(RESCHEDULE, story, by, at)
    if was_live(story, at):
        raise Refused(_("Readers have this story already: its time stays."))
    if publish_at <= at:
        raise Refused(_("This time has passed."))
    story.publish_at = publish_at
    if reason := expired_at_once(story, at):
        raise Refused(reason)
    set_day(story, at)
    if address_taken(story):
        raise Refused(_("Another story of that day has this address: choose another slug."))
    if reasons := blockers(story):
        raise Refused(*reasons)
    return _end(RESCHEDULE, story, by, at, State.RELEASED)


@transaction.atomic
def correct(story, by, at, kind, text):
    """Tell readers what was wrong, or how somebody concerned replies. The text itself is corrected in the form.

    Returns the Correction. Raises PermissionDenied, Refused.
    """
    story = _begin(CORRECT, story, by, at)
    if kind not in set(Kind.values) - {Kind.WITHDRAWAL}:
        raise Refused(_("Choose the kind of correction."))
    if not text.strip():
        raise Refused(_("Write what was wrong and what is right."))
    if not was_live(story, at):
        raise Refused(_("Readers do not have this story yet: mend it, there is nothing to correct in public."))
    if reasons := list(revealing(story, text)):
        raise Refused(*reasons)
    correction = Correction.objects.create(story=story, kind=kind, text=text.strip(), at=at, by=by)
    story.updated_at = at
    _end(CORRECT, story, by, at, State.RELEASED, text)
    return correction


@transaction.atomic
def withdraw(story, by, at, reason="", text=""):
    """Withdraw a released story. An address that readers had stays in use and gives the reason.

    A story that was never live needs no reason and frees its address. Raises PermissionDenied, Refused.
    """
    story = _begin(WITHDRAW, story, by, at)
    if was_live(story, at):
        if reason not in Reason.values:
            raise Refused(ReasonOfField(_("Choose why the story is withdrawn."), "reason"))
        if reason == Reason.OTHER and not text.strip():
            raise Refused(ReasonOfField(_("Tell readers the reason."), "text"))
        if reasons := list(revealing(story, text)):
            raise Refused(*reasons)
        Correction.objects.create(story=story, kind=Kind.WITHDRAWAL, reason=reason, text=text.strip(), at=at, by=by)
    else:
        story.first_published_at = story.day = None
    return _end(WITHDRAW, story, by, at, State.WITHDRAWN, text)


@transaction.atomic
def bring_back(revision, by, at):
    """Restore the text, credits, tags and photos of a revision; address and times stay (rules.md W7).

    All of it is restored or nothing: if rows are gone, they are named. Raises PermissionDenied, Refused.
    """
    before = Story.objects.select_for_update().get(pk=revision.story_id)
    needed = "release" if before.state == State.RELEASED else "change"
    if not permissions.may(by, needed, before) or permissions.may_only_illustrate(by, before):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    references = References(revision.snapshot)
    if references.missing:
        by_hand = _("Nothing was brought back. Take over by hand what you need: all of it stands in the revision.")
        raise Refused(*references.missing, by_hand)
    begin(before, at)
    story = Story.objects.for_page().get(pk=before.pk)
    restore(story, references, Use.BRING_BACK)
    changed(story, before, at)
    story.save()
    story = Story.objects.for_page().get(pk=story.pk)
    if reason := misplaced(story, before, by):
        raise Refused(reason)
    if story.state == State.RELEASED and (reasons := blockers(story)):
        raise Refused(*reasons)
    record(story, by, at, Move.RESTORED, _("as it was at revision %(number)s") % {"number": revision.number})
    return story


def expired_at_once(story, at):
    """A Reason if the story, released at `at`, would have expired before its readers get it; else None."""
    if story.expires_at and story.expires_at <= max(at, story.publish_at or at):
        return ReasonOfField(_("The story would expire before it is published: mend the time of expiry."), "expires_at")
    return None


def set_day(story, at):
    """Until the story is live, its first publication and the day in its address follow `publish_at` and the embargo."""
    story.publish_at = story.publish_at or at
    if was_live(story, at):
        return
    story.first_published_at = max(story.publish_at, story.embargo_until or story.publish_at)
    story.day = story.edition.day(story.first_published_at)


def address_taken(story):
    """Whether another story has, or had, the address of this story.

    The edition stays locked until the transaction ends, so that two stories cannot take one address.
    """
    if not story.day:
        return False
    Edition.objects.select_for_update(no_key=True).get(pk=story.edition_id)
    address = {"edition": story.edition_id, "day": story.day, "slug": story.slug}
    now = Story.objects.filter(**address).exclude(pk=story.pk)
    once = Address.objects.filter(**address).exclude(story=story.pk)
    return now.exists() or once.exists()


def changed(story, before, at, is_minor=False):
    """Finish a change that the desk made to `story`; the caller saves. `before`: its row as it is still stored.

    A story that was live keeps its day, and its former slug redirects to it. Unless the change is minor (a typo),
    readers are told that the story was updated (rules.md A4).
    """
    begin(before, at)
    if story.state == State.RELEASED:
        set_day(story, at)
        if was_live(before, at) and not is_minor:
            story.updated_at = at
    if before.day and was_live(before, at) and before.slug != story.slug:
        Address.objects.filter(edition=story.edition, day=story.day, slug=story.slug, story=story).delete()
        Address.objects.get_or_create(
            edition=before.edition, day=before.day, slug=before.slug, defaults={"story": story}
        )
    story.changed_at = at
    story.version = before.version + 1


def was_live(story, at):
    """Whether the story was live before `at`."""
    return bool(story.first_published_at and story.first_published_at <= at)


def _begin(transition, story, by, at):
    """Lock the story. Raises if its state does not allow the transition, or if `by` may not make it."""
    story = Story.objects.select_for_update(of=("self",)).select_related("edition", "section").get(pk=story.pk)
    if not permissions.may(by, transition.name, story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    if story.state not in transition.starts:
        params = {"state": State(story.state).label, "move": transition.move.label}
        raise Refused(_("The story is %(state)s: from there it cannot be %(move)s.") % params)
    begin(story, at)
    return story


def _ready(story, by, at, acknowledged):
    """The note for the log on overruled doubts. Raises Refused for blockers and for a missing second pair of eyes."""
    if reasons := blockers(story):
        raise Refused(*reasons)
    if alone([story], by):
        raise Refused(four_eyes())
    open_doubts = doubts(story, at)
    if {doubt.key for doubt in open_doubts} - settled(story, open_doubts, acknowledged):
        raise Doubtful(*open_doubts)
    return note_of(open_doubts)


def _end(transition, story, by, at, state, note=""):
    story.state, story.changed_at = state, at
    story.version += 1
    story.save()
    record(story, by, at, transition.move, note)
    told.of_move(story, by, at, transition.move)
    return story
