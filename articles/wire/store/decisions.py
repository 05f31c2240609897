"""Decides on an item whose story is stored already; changes.py carries the decision out.

The same words again change nothing, with two exceptions: parts that the earlier file lacked are added, and a draft is
released with `--state published`. A story that the desk has changed since is not changed. A public story is changed
only with `--state published`.
"""

import enum
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing
from articles.models.story import State
from articles.text import body, letters

from ..values import digests


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    UPDATED = "updated", gettext_lazy("updated")
    COMPLETED = "completed", gettext_lazy("completed")
    RELEASED = "released", gettext_lazy("released")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    OLDER = "older", gettext_lazy("older than what is here")
    KEPT = "kept", gettext_lazy("left as it is here")
    REFUSED = "refused", gettext_lazy("refused")
    PASSED = "passed", gettext_lazy("passed over")


class Do(enum.Enum):
    """The actions of changes.py. FILL: only parts that the story lacks; COMPLETE: all parts that differ."""

    NOTHING = enum.auto()
    NOTE = enum.auto()  # only the version that came
    FILL = enum.auto()
    COMPLETE = enum.auto()
    UPDATE = enum.auto()
    WITHDRAW = enum.auto()


class Decision(NamedTuple):
    """`outcome`: the expected result, which changes.py may correct. `releases`: whether to release the story."""

    outcome: Outcome
    why: list[str]
    do: Do = Do.NOTHING
    releases: bool = False


def decide(one, story, options):
    """A Decision on an item and its stored story."""
    item, arrival = one.item, getattr(story, "arrival", None)
    if arrival is None:
        return Decision(Outcome.KEPT, [_("It was written here.")])
    if not options.reaches(story):
        return Decision(Outcome.KEPT, [_("It belongs to another edition.")])
    if _is_the_same(one, story, arrival):
        return _again(one, story, arrival, options)
    if item.version_at and arrival.version_at:
        newer = (item.version_at, item.version)
        if newer == (arrival.version_at, arrival.version):
            return Decision(Outcome.REFUSED, [_("It has other words than before under the same version.")])
        if newer < (arrival.version_at, arrival.version):
            return Decision(Outcome.OLDER, [])
    if item.state == "withdrawn":
        return _withdrawn(story, options)
    if is_of_the_desk(story):
        return Decision(Outcome.KEPT, [_("The desk has changed it since.")])
    if item.state == "draft" and story.state == State.RELEASED:
        return Decision(Outcome.KEPT, [_("Its source holds it back now; here readers may have it.")])
    if _is_public(story) and not options.released:
        return Decision(Outcome.KEPT, [_readers_have_it()])
    return Decision(Outcome.UPDATED, one.remarks, Do.UPDATE, _is_to_be_released(item, story, options))


def _is_the_same(one, story, arrival):
    """Whether the item is the same as at its last import.

    Hashes of different kinds cannot be compared. Then the versions are compared or, without versions, the words.
    """
    item = one.item
    if digests.kind(arrival.digest) == digests.kind(one.digest):
        return arrival.digest == one.digest
    if item.version_at or arrival.version_at:
        return (item.version_at, item.version) == (arrival.version_at, arrival.version)
    return _words(item.headline, one.body) == _words(story.headline, story.body)


def _words(headline, text):
    """Only letters and digits, because another release may have converted the markup differently."""
    return "".join(filter(str.isalnum, letters.folded(f"{headline[:200]} {body.text(body.clean(text))}")))


def _again(one, story, arrival, options):
    """The decision for unchanged words: other parts may be added, and a draft may be released."""
    releases = _is_to_be_released(one.item, story, options)
    do = _adds(one, arrival)
    if is_of_the_desk(story):
        if releases:
            reason = _("The desk has changed it since: it is released there.")
        elif do in (Do.FILL, Do.COMPLETE) and one.item.missing < arrival.missing:
            reason = _("The desk has changed it since.")
        else:
            return Decision(Outcome.UNCHANGED, [], Do.NOTE if do is Do.NOTE else Do.NOTHING)
        return Decision(Outcome.KEPT, [reason])
    if do in (Do.FILL, Do.COMPLETE) and _is_public(story) and not options.released:
        return Decision(Outcome.KEPT, [_readers_have_it()])
    return Decision(Outcome.UNCHANGED, [], do, releases)


def _adds(one, arrival):
    """The action for an item with unchanged words.

    COMPLETE if its file lacks nothing, or less than the earlier file. Otherwise FILL adds only parts that are missing.
    """
    if digests.kind(arrival.digest) != digests.kind(one.digest):
        return Do.FILL
    if one.beside == arrival.beside:
        return Do.NOTHING
    if one.item.missing < arrival.missing or not one.item.missing:
        return Do.COMPLETE
    return Do.FILL


def why_left(story, options):
    """The reason why an imported story may not be completed with later parts: a sentence, or ""."""
    if is_of_the_desk(story):
        return _("The desk has changed it since.")
    return _readers_have_it() if _is_public(story) and not options.released else ""


def is_of_the_desk(story):
    """Whether the desk has changed the story since its import."""
    return story.version != story.arrival.story_version


def _is_to_be_released(item, story, options):
    return options.released and item.state != "draft" and story.state in publishing.UNRELEASED


def _is_public(story):
    """Whether readers have, had or will have the story."""
    return story.state in (State.RELEASED, State.WITHDRAWN)


def _readers_have_it():
    return _("Readers have it: only with “published” does what comes change it.")


def _withdrawn(story, options):
    """The decision for an item that its source has withdrawn. A public story is withdrawn only with `released`."""
    if story.state == State.WITHDRAWN:
        return Decision(Outcome.UNCHANGED, [], Do.NOTE)
    if story.state != State.RELEASED:
        return Decision(Outcome.KEPT, [_("Its source has withdrawn it: do not release it.")])
    if not options.released:
        return Decision(Outcome.KEPT, [_("Its source has withdrawn it: withdraw it here, too, or let it stand.")])
    return Decision(Outcome.WITHDRAWN, [], Do.WITHDRAW)
