"""The rows of stories: what waits for the user, and their own."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import photos
from articles.admin.story.columns import chip, standing_chip
from articles.desk import labels, timestamps
from articles.models import Story
from articles.models.revision import Move
from articles.models.story import State
from articles.text.body import word_count

from . import ages, moves
from .found import SHOWN
from .roles import Home

MOST_BLOCKERS, MOST_BLOCKED = 2, 6


class Row(NamedTuple):
    """`at`: since when it waits. `note`: the reason of a return, in full. `lacks`: what must be done first."""

    story: Story
    kind: str
    chip: str
    facts: list[str]
    at: datetime.datetime | None
    age: str
    buttons: list[moves.Button]
    lacks: list[str] = []
    further: int = 0
    note: str = ""

    @property
    def address(self):
        return moves.change(self.story)

    @property
    def picture(self):
        photo = self.story.lead_photo
        return photos.address(photo, "1x1", 320, "webp") if photo else ""


def kinds(found, known, home):
    """{kind: ids of all stories that wait so}, each story once, in the order of the block."""
    late = set(found.late)
    blocked = [
        story.pk
        for story in known.of(found.coming)
        if known.blockers.get(story.pk) and known.may("submit", story) and story.state != State.SUBMITTED
    ]
    return {
        "late": found.late,
        "blocked": blocked,
        "submitted": [pk for pk in found.submitted if pk not in late],
        "returned": [] if home is Home.REPORTER else [pk for pk in found.returned if pk not in late],
    }


def rows(ids_by_kind, known, now, several_editions):
    """[Row]: late, blocked, submitted with the oldest first, returned."""
    return [
        _row(kind, story, known, now, several_editions)
        for kind, ids in ids_by_kind.items()
        for story in known.of(ids[: SHOWN.get(kind, MOST_BLOCKED)])
    ]


def own_rows(found, known, home, now, several_editions):
    """What was returned stands first in the home of those who write. What is late stands among what waits."""
    ids = [*(found.returned[: SHOWN["returned"]] if home is Home.REPORTER else []), *found.own[: SHOWN["own"]]]
    own = known.of(pk for pk in ids if pk not in found.late)
    return [_row("own", story, known, now, several_editions) for story in own]


def _row(kind, story, known, now, several_editions):
    acts = known.acts.get(story.pk, {})
    blockers = known.blockers.get(story.pk, [])
    is_returned = story.state == State.RETURNED and Move.RETURNED in acts
    at = _since(kind, story, acts)
    return Row(
        story=story,
        kind=kind,
        chip=_chip(kind, story, now),
        facts=_facts(kind, story, acts, known.authors.get(story.pk), several_editions),
        at=at,
        age=timestamps.relative(at, now) if at else "",
        buttons=_buttons(kind, story, known, now),
        lacks=[] if kind == "own" else blockers[:MOST_BLOCKERS],
        further=0 if kind == "own" else max(0, len(blockers) - MOST_BLOCKERS),
        note=acts[Move.RETURNED].note if is_returned else "",
    )


def without_photo(ids, known, now, several_editions):
    """Stories that need a lead photo, each with the way to choose one."""
    for story in known.of(ids):
        facts = [*([story.edition.name] if several_editions else []), story.section.name]
        choose = [moves.Button(_("Choose a photo"), moves.change(story, "#id_lead_photo"))]
        at = story.changed_at
        yield Row(
            story=story,
            kind="no_photo",
            chip=standing_chip(story),
            facts=facts,
            at=at,
            age=timestamps.relative(at, now) if at else "",
            buttons=choose if known.may("change", story) else [],
        )


def _buttons(kind, story, known, now):
    onward = list(moves.next_moves(story, known, now))
    if kind == "own" and not known.may("change", story):
        return onward
    return [moves.read_or_mend(story, known), *onward]


def _chip(kind, story, now):
    if kind == "late":
        return chip("missing", _("late by %(age)s") % {"age": ages.span(now - story.publish_at)})
    if kind == "blocked":
        return chip("missing", _("blocked"))
    return standing_chip(story)


def _facts(kind, story, acts, authors, several_editions):
    """Words about a story: where it stands, by whom it is, how long it is."""
    facts = [story.edition.name] if several_editions else []
    facts.append(story.section.name)
    if kind != "own" and authors:
        facts.append(", ".join(authors))
    if story.state == State.RETURNED and Move.RETURNED in acts:
        facts.append(_("given back by %(name)s") % {"name": labels.of_account(acts[Move.RETURNED].by)})
    if kind in ("late", "blocked") and story.publish_at:
        facts.append(
            _("due %(time)s") % {"time": timestamps.absolute(story.live_from or story.publish_at, story.edition)}
        )
    words = word_count(story.body)
    return [*facts, ngettext("%(count)d word", "%(count)d words", words) % {"count": words}]


def _since(kind, story, acts):
    """When it was submitted or returned; of others, when it was last changed."""
    if kind in ("late", "blocked"):
        return None
    moved = {State.SUBMITTED: Move.SUBMITTED, State.RETURNED: Move.RETURNED}.get(story.state)
    return acts[moved].at if moved in acts else story.changed_at
