"""What the form of a story shows beside its fields: the moves, the checks, the notes."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, publishing
from articles.models import Credit, Section, Story
from articles.models.correction import Kind
from articles.models.story import State

from ...scope import asked_once
from .. import captions, part_words, promises
from ..columns import standing_chip
from ..inlines import CreditInline
from ..told import standing_note
from ..transition_forms import ASKED
from ..transitions import PRESSED
from .checked import panel, photos_of

RIGHTS = ("view", "change", "delete", "alone", "take_over", "delete_note", *publishing.TRANSITIONS)  # asked at once
# The next move of a story without blockers; one with blockers must first be edited. `NEXT_ALONE`: of those who need
# nobody else.
NEXT = {
    State.DRAFT: "submit",
    State.RETURNED: "submit",
    State.SUBMITTED: "approve",
    State.APPROVED: "release",
}
NEXT_ALONE = NEXT | {State.DRAFT: "release", State.RETURNED: "release"}
# Moves that ask for words and stand in sight, not in the list of further steps.
BESIDE = {"return": gettext_lazy("Give back …"), "correct": gettext_lazy("Correct …")}


def rights(request, story):
    """What this person may do with a stored story: a subset of RIGHTS."""
    return asked_once(request, permissions.allowed, RIGHTS, story)


def for_form(request, story, context, parts):
    """The context of the change form: open transitions and the effect of each. `parts`: of a stored story."""
    form, tables = context["adminform"].form, context["inline_admin_formsets"]
    open_to = {*form.fields, *(table.formset.prefix for table in tables if table.has_change_permission)}
    is_stored = story and story.pk
    return {
        "zones": _zones(request.user) if "edition" in form.fields else {},
        "exchanged": captions.exchanged(form, [table.formset for table in tables]),
        **part_words.context(request),
        "words": request.POST.get("words", ""),
        **(_of_story(request, story, open_to, form, parts) if is_stored else _of_new(request, open_to, form)),
    }


def _update_label(form):
    """Of the button that saves what readers have: as the form was sent, or for the change that waits in it."""
    told = form.cleaned_data if form.is_bound else form.initial
    return promises.update_label(form.instance, told.get("goes_out_at"), told.get("is_minor"))


def _zones(user):
    """The zones of the editions that may be chosen: that of the chosen one stands beside each time."""
    return {edition.pk: edition.zone_label for edition in permissions.editions(user, "add", "story")}


def _of_new(request, open_to, form):
    """Who needs nobody else may publish at once; others hand over what they write."""
    may_be_alone = permissions.somewhere(request.user, "alone")
    buttons = {"submit": _("Submit"), **({"release": promises.at_once()} if may_be_alone else {})}
    next_move = "release" if may_be_alone else "submit"
    section = form.initial.get("section")  # that of their desk, or an id that the address named
    section = section if isinstance(section, Section) else None
    story = Story(edition=request.times_of, section=section) if request.times_of else None
    rows = [row for row in CreditInline.first_rows(request.user) if row.get("person")]
    parts = publishing.Parts([Credit(role=row["role"], person_id=row["person"]) for row in rows], [], [], [])
    approver = publishing.approver(request.user, may_be_alone)
    blockers = publishing.blockers_as_read(story, parts, approver) if story else []
    return {
        "buttons": buttons,
        "next_move": next_move,
        "next_label": buttons[next_move],
        "primary": "" if may_be_alone else next_move,
        "promise": promises.NOW,
        **panel(request, story, open_to, blockers, [], may_be_alone),
    }


def _of_story(request, story, open_to, form, parts):
    may_be_made, now = rights(request, story), timezone.now()
    is_open = publishing.open_transitions(story, may_be_made)
    is_unreleased, was_live = story.state != State.RELEASED, publishing.was_live(story, now)
    may_decide = bool({"approve", "release"} & {*is_open})
    approver = publishing.approver(request.user, may_decide)
    blockers = publishing.blockers_as_read(story, parts, approver) if is_unreleased else []
    doubts = publishing.doubts(story, now, photos_of(story, parts)) if is_unreleased else []
    alone = _alone(story, request.user, is_open, may_be_made)
    buttons = _buttons(story, request.user, now, is_open, alone)
    next_move = (NEXT_ALONE if "alone" in may_be_made else NEXT).get(story.state, "")
    next_move = next_move if next_move in buttons else ""
    asked_moves = [name for name in ASKED if name in is_open and (name != "correct" or was_live)]
    return {
        "chip": standing_chip(story),
        "standing_note": standing_note(story),
        "returned_note": _last_note(story) if story.state == State.RETURNED else "",
        "withdrawal": story.corrections.filter(kind=Kind.WITHDRAWAL).select_related("by").first()
        if story.state == State.WITHDRAWN
        else None,
        "alone": alone,
        "buttons": buttons,
        "promise": promises.promise(story, now),
        "next_move": next_move,
        "next_label": buttons.get(next_move, ""),
        "primary": "" if blockers and next_move != "submit" else next_move,
        "save_label": _update_label(form) if not is_unreleased and was_live else "",
        "asked_moves": asked_moves,
        "beside": [(name, BESIDE[name]) for name in BESIDE if name in asked_moves],
        "waiting": getattr(story, "waiting_change", None),
        "assignment": getattr(story, "assignment", None),
        "is_ahead": "waiting" in request.GET,
        "may_release": "release" in may_be_made,
        **panel(request, story, open_to, blockers, doubts, may_decide),
    }


def _buttons(story, user, now, is_open, alone):
    """{name: label} of the moves by one press that nothing in the story's past forbids."""
    labels = {
        "submit": _("Submit"),
        "take_back": _("Take back"),
        "approve": _("Approve"),
        "release": promises.label(story, now),
    }
    refused = {"approve", "release"} if alone else set()
    if "take_back" in is_open and publishing.begun_on([story], user):
        refused.add("take_back")
    return {name: labels[name] for name in PRESSED if name in is_open and name not in refused}


def _alone(story, user, is_open, may_be_made):
    """Why somebody else must approve or publish it, or ""."""
    decides = {"approve", "release"} & set(is_open)
    is_alone = decides and "alone" not in may_be_made and publishing.alone([story], user)
    return publishing.four_eyes() if is_alone else ""


def _last_note(story):
    last = story.revisions.filter(move="returned").order_by("-number").first()
    return last.note if last else ""
