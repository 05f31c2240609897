"""What an act on many stories would do with each, told before it is done, and why some of them cannot.

All stories of the page are judged at once, so that the number of queries does not grow with them.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, publishing
from articles.models.story import State

from .. import promises
from ..columns import standing_chip
from ..told import standing_note

JUDGED = ("approve", "release")
NOTES = {
    "submit": gettext_lazy("goes to the editors"),
    "take_back": gettext_lazy("comes back to its writer"),
    "return": gettext_lazy("goes back to its writer"),
    "approve": gettext_lazy("is ready; readers do not have it yet"),
}
HAD = gettext_lazy("is taken from its readers; its address tells them why")
NEVER_HAD = gettext_lazy("is not published; readers never had it")


def outlook(name, right, stories, user, words):
    """A dict for each story: its chip, what would happen, what blocks it, what is in doubt.

    `right`: the action in permissions.py; `words`: what was asked, if it is known already.
    """
    now = timezone.now()
    allowed = _allowed(right, stories, user)
    alone = publishing.alone(stories, user) if name in JUDGED else set()
    begun = publishing.begun_on(stories, user) if name == "take_back" else set()
    blockers = publishing.blockers_of(stories, by=user) if name in JUDGED else {}
    for story in stories:
        refusal = "" if story.pk in allowed else _("Your role does not allow this move with this story.")
        refusal = refusal or _wrong_state(name, story) or _idle(name, story, words)
        blocked = [refusal] if refusal else list(blockers.get(story.pk, []))
        if not refusal and story.pk in alone:
            blocked.append(publishing.four_eyes())
        if not refusal and story.pk in begun:
            blocked.append(publishing.begun())
        if not refusal and name == "release" and (too_late := publishing.expired_at_once(story, now)):
            blocked.append(too_late)
        is_judged = name in JUDGED and not refusal
        yield {
            "story": story,
            "chip": standing_chip(story),
            "note": _note(name, story, now, words) if not refusal else standing_note(story),
            "blocked": blocked,
            "doubts": [doubt.message for doubt in publishing.doubts(story, now)] if is_judged else [],
        }


def _allowed(right, stories, user):
    """The ids of those with which the user may do it."""
    keys = [story.pk for story in stories]
    allowed = set(permissions.stories(user, right).filter(pk__in=keys).values_list("pk", flat=True))
    if right == "change" and permissions.illustrates(user):
        allowed -= {story.pk for story in stories if permissions.may_only_illustrate(user, story)}
    return allowed


def _wrong_state(name, story):
    transition = publishing.TRANSITIONS.get(name)
    if transition is None or story.state in transition.starts:
        return ""
    params = {"state": State(story.state).label, "move": transition.move.label}
    return _("The story is %(state)s: from there it cannot be %(move)s.") % params


def _idle(name, story, words):
    if "tag" in words:
        return publishing.why_not_tag(story, words["tag"])
    return publishing.why_not_section(story, words["section"]) if "section" in words else ""


def _note(name, story, now, words):
    if "section" in words:
        return f"{story.section} → {words['section']}"
    if "tag" in words:
        return f"+ {words['tag']}"
    if name == "release":
        return promises.outcome(story, now)
    if name == "withdraw":
        return HAD if publishing.was_live(story, now) else NEVER_HAD
    return NOTES[name] if name in NOTES else standing_note(story)  # filed, and not yet told where
