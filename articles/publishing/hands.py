"""Who has worked on a story: the second pair of eyes, and whether editors have begun on what was handed over."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Revision, WorkingCopy
from articles.models.revision import Move
from articles.models.story import State

HANDS = [Move.SAVED, Move.RESTORED, Move.APPROVED]  # work that counts for four eyes
_SUBMISSIONS = Revision.objects.filter(story=OuterRef("story"), move=Move.SUBMITTED)


def alone(stories, by):
    """Four eyes: the ids of those that only `by` wrote or approved, while `by` lacks the right to go on alone."""
    keys = [story.pk for story in stories]
    if by is None or not keys:
        return set()
    hands = {}
    for key, account in Revision.objects.filter(story__in=keys, move__in=HANDS).values_list("story", "by").distinct():
        hands.setdefault(key, set()).add(account)
    lonely = {key for key, accounts in hands.items() if accounts == {by.pk}}
    return lonely - set(permissions.stories(by, "alone").filter(pk__in=lonely).values_list("pk", flat=True))


def four_eyes():
    return _("Nobody else has worked on this story yet: somebody else approves or publishes it.")


def begun_on(stories, by):
    """The ids of those on which somebody other than `by` has worked, or types, since they were last submitted."""
    keys = [story.pk for story in stories]
    since = (worked_since(by), typed_since(by)) if keys else ()
    return {key for rows in since for key in rows.filter(story__in=keys).values_list("story", flat=True)}


def worked_since(by):
    """The revisions by anybody other than `by` that are later than the last submission of their story."""
    return (
        Revision.objects.exclude(by=by)
        .filter(Exists(_SUBMISSIONS.filter(number__lt=OuterRef("number"))))
        .filter(~Exists(_SUBMISSIONS.filter(number__gte=OuterRef("number"))))
        .order_by()
    )


def typed_since(by):
    """The working copies of anybody other than `by` in which they typed after the last submission of the story."""
    return (
        WorkingCopy.objects.exclude(owner=by)
        .filter(Exists(_SUBMISSIONS.filter(at__lte=OuterRef("changed_at"))), dropped_at=None)
        .filter(~Exists(_SUBMISSIONS.filter(at__gt=OuterRef("changed_at"))))
        .order_by()
    )


def begun():
    return _("An editor has begun on this story already: ask them to give it back.")


def state_before_submission(story, otherwise):
    """The state from which the story was last submitted; `otherwise` if no revision tells."""
    last = story.revisions.filter(move=Move.SUBMITTED).order_by("-number").first()
    before = last and story.revisions.filter(number__lt=last.number).order_by("-number").first()
    return (before and before.snapshot.get("state")) or otherwise


def note_of(doubts):
    """What the log says of doubts that somebody overruled."""
    return "\n".join(_("Overruled: %(doubt)s") % {"doubt": doubt.message} for doubt in doubts)


def overruled(story):
    """The doubts, as sentences, that were overruled when the story was approved; none if it is not approved now."""
    if story.state != State.APPROVED:
        return []
    last = story.revisions.filter(move=Move.APPROVED).order_by("-number").first()
    before = _("Overruled: %(doubt)s") % {"doubt": ""}
    return [line.removeprefix(before) for line in last.note.splitlines() if line.startswith(before)] if last else []
