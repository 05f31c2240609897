"""What the home knows of its stories: their rows, what blocks them, who moved them last, and what the user may do."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from articles import permissions, publishing
from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.listings import desk_rows
from articles.models import Revision, Story
from articles.models.person import Role
from articles.models.revision import Move
from articles.models.story import State
from articles.permissions.compiled import within_reach

from . import reads

RIGHTS = ["change", "submit", "take_back", "approve", "return", "release"]
DECIDED = [State.SUBMITTED, State.APPROVED]


class LookedAt(NamedTuple):
    """`stories`: {id: Story}; `rights`: {action: ids}. The rest is known of the `judged` stories only.

    `acts`: {id: {move: the last Revision with it}}. `alone`: ids of those that the user may not decide alone; `begun`:
    of those that the user cannot take back, because somebody else has begun on them.
    """

    stories: dict[int, Story]
    rights: dict[str, set[int]]
    blockers: dict[int, list[str]]
    authors: dict[int, list[str]]
    acts: dict[int, dict[str, Revision]]
    alone: set[int]
    begun: set[int]

    def of(self, ids):
        return [self.stories[pk] for pk in ids if pk in self.stories]

    def may(self, action, story):
        return story.pk in self.rights.get(action, ())


def look_at(user, ids, judged):
    """In ten queries at most, whatever the number of stories: the `judged` are read with their texts."""
    whole = desk_rows.whole(judged)
    further = _with_reads(ids=ids - judged) if ids - judged else []
    stories = whole | {story.pk: story for story in further}
    parts = publishing.parts_of(list(whole.values()))
    approver = publishing.approver(user, permissions.somewhere(user, "approve"))
    decided = [story for story in whole.values() if story.state in DECIDED]
    acts = _acts(user, list(whole))
    return LookedAt(
        stories=stories,
        rights=_rights(user, list(stories)),
        blockers=publishing.blockers_of(list(whole.values()), parts, approver),
        authors={pk: [c.person.name for c in part.credits if c.role == Role.AUTHOR] for pk, part in parts.items()},
        acts=acts,
        alone=publishing.alone(decided, user),
        begun={pk for pk, of_story in acts.items() if any(act.is_begun_on for act in of_story.values())},
    )


_with_reads = CompiledQuery(lambda ids=(): reads.with_reads(Story.objects.for_desk()).filter(pk__in=ids).order_by())


def _rights(user, ids):
    reaches = {name: permissions.ranges(user, name) for name in RIGHTS if ids}
    allowed = {name: within_reach.sql(user, ranges, ids=ids) for name, ranges in reaches.items() if ranges}
    return {name: set(found) for name, found in together(allowed).items()}


def _acts(user, ids):
    """{story: {move: the last Revision with it}}"""
    acts = {}
    for row in _acts_of(user=user.pk, ids=ids) if ids else []:
        acts.setdefault(row.story_id, {})[row.move] = row
    return acts


@CompiledQuery
def _acts_of(user, ids=()):
    begun = [
        Exists(some(user).filter(story=OuterRef("story"))) for some in (publishing.worked_since, publishing.typed_since)
    ]
    rows = Revision.objects.filter(story__in=ids, move__in=[Move.SUBMITTED, Move.RETURNED])
    rows = rows.select_related("by__person").annotate(is_begun_on=begun[0] | begun[1])
    return rows.defer("snapshot").order_by("story", "number")
