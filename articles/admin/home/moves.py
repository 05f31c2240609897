"""The buttons of a row: only moves that the user may make, and only the next ones."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import publishing
from articles.admin.story import promises
from articles.desk import addresses, reasons
from articles.models.story import State


class Button(NamedTuple):
    """`is_move`: pressing it makes the move (admin/story/pressing.py); else it leads to a page."""

    label: str
    address: str
    is_move: bool = False
    promise: str = ""  # the time that the button of a release names


def change(story, place=""):
    return addresses.of_row("articles_story_change", story.pk) + place


def _move(story, name, label, promise=""):
    return Button(label, addresses.of_row("articles_story_move", story.pk, name), name != "return", promise)


def read_or_mend(story, known):
    """To the story, at the first field that lacks something; to its lead photo, if that is what lacks something."""
    if not known.may("change", story):
        return Button(pgettext("button", "Read"), change(story))
    photo, blockers = story.lead_photo, known.blockers.get(story.pk)
    if blockers and photo and (field := publishing.lacking(photo, story.shown_lead_caption)):
        return Button(_("Complete the photo"), addresses.of_row("articles_photo_change", photo.pk) + f"#id_{field}")
    if story.state in (State.DRAFT, State.RETURNED):
        return Button(_("Go on"), change(story))
    if blockers:
        return Button(_("Complete"), change(story, reasons.place_of(blockers[0])))
    return Button(pgettext("button", "Read"), change(story))


def next_moves(story, known, now):
    """[Button] by which the story goes on; none while something blocks it."""
    is_ready = not known.blockers.get(story.pk)
    decides = is_ready and story.pk not in known.alone
    if story.state == State.SUBMITTED and decides and known.may("approve", story):
        yield _move(story, "approve", _("Approve"))
    if story.state == State.APPROVED and decides and known.may("release", story):
        yield _move(story, "release", promises.label(story, now), promises.promise(story, now))
    if story.state in (State.DRAFT, State.RETURNED) and is_ready and known.may("submit", story):
        yield _move(story, "submit", _("Submit"))
    if story.state == State.SUBMITTED and known.may("take_back", story) and story.pk not in known.begun:
        yield _move(story, "take_back", _("Take back"))
    if story.state == State.SUBMITTED and known.may("return", story):
        yield _move(story, "return", _("Give back"))
