"""What one press does with an assignment: begin its story, take it, confirm, drop, finish or reopen it."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import assigning, permissions, publishing
from articles.desk import addresses
from articles.models.desk.assignment import OPEN, Plan

from .columns import act

BACK = "back"  # posted with a press: the page to which it returns
OF_IDEAS = {"take_up", "withdraw"}
PAGES = {
    "home": "admin:index",
    "list": "admin:articles_assignment_changelist",
}


def labels():
    return {
        "take_up": pgettext("button", "Take the idea up"),
        "withdraw": pgettext("button", "Take it back"),
        "start": pgettext("button", "Start writing"),
        "take": pgettext("button", "Take it"),
        "confirm": pgettext("button", "Confirm"),
        "finish": pgettext("button", "Done"),
        "drop": pgettext("button", "Drop it"),
        "reopen": pgettext("button", "Open it again"),
    }


def press(model_admin, request, pk, name):
    """Only a POST acts. The story that is begun opens; else the page stays from which the press came."""
    if name not in assigning.ACTS:
        raise Http404
    assignment = get_object_or_404(permissions.assignments(request.user), pk=pk)
    row = reverse("admin:articles_assignment_change", args=[pk])
    if request.method != "POST":
        return HttpResponseRedirect(row)
    verb, _action = assigning.ACTS[name]
    try:
        done = verb(assignment, request.user, timezone.now())
    except publishing.Refused as refused:
        for reason in refused.reasons:
            model_admin.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(row)
    if name == "start":
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[done.pk]))
    told = _("“%(headline)s”: %(state)s.") % {"headline": done.headline, "state": done.standing.label}
    model_admin.message_user(request, told, messages.SUCCESS)
    page = PAGES.get(request.POST.get(BACK, ""))
    if page:
        return HttpResponseRedirect(reverse(page))
    stays = permissions.assignments(request.user).filter(pk=pk).exists()
    return HttpResponseRedirect(row if stays else reverse(PAGES["list"]))


def buttons(assignment, user):
    """[(name, label, address)] of what the user may do now with one that is stored."""
    rights = {
        action
        for action in {action for _verb, action in assigning.ACTS.values()}
        if permissions.may_with(user, action, assignment)
    }
    may_write = permissions.editions(user, "add", "story").filter(pk=assignment.section.edition_id).exists()
    words = labels()
    for name, (_verb, action) in assigning.ACTS.items():
        if action in rights and _fits(name, assignment, may_write):
            yield name, words[name], act(assignment, name)
    if "plan" in rights and assignment.state == Plan.PROPOSED:
        yield "decline", pgettext("button", "Decline…"), addresses.of_row("articles_assignment_decline", assignment.pk)


def _fits(name, assignment, may_write):
    is_open, has_story = assignment.state in OPEN, bool(assignment.story_id)
    if assignment.state == Plan.PROPOSED or name in OF_IDEAS:
        return assignment.state == Plan.PROPOSED and name in OF_IDEAS
    match name:
        case "start":
            return is_open and not has_story and may_write
        case "take":
            return is_open and not has_story and not assignment.assignees.exists()
        case "confirm":
            return assignment.state == Plan.PLANNED and not has_story
        case "finish":
            return is_open and not has_story
        case "drop":
            return is_open
    return not is_open
