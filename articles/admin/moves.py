"""The moves of a story as the desk offers them: buttons under the form, pages that ask for words, and list actions.

What a move does and who may make it is told in articles/publishing and articles/access.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import dateformat, timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import access, publishing
from articles.models import Edition, Story, WaitingChange
from articles.models.story import Standing, State
from articles.views.story import show

from .move_forms import ASKED
from .story_list import moment, standing_chip


class Prepared(Exception):
    """The form was saved only to be read: its story shall become so later. What it wrote is rolled back."""

    def __init__(self, wanted, goes_out_at, is_minor):
        self.wanted, self.goes_out_at, self.is_minor = wanted, goes_out_at, is_minor


# What a button under the form does after saving; `despite` is what somebody overrules.
PRESSED = {
    "submit": lambda story, by, at, despite: publishing.submit(story, by, at),
    "approve": publishing.approve,
    "release": publishing.release,
}
# The next sensible move of a story that is ready; until it is, that is to go on writing.
NEXT = {
    State.DRAFT: "submit",
    State.RETURNED: "submit",
    State.SUBMITTED: "approve",
    State.APPROVED: "release",
}
DONE = {
    "submit": gettext_lazy("Handed over to the editors."),
    "approve": gettext_lazy("Approved."),
    "release": gettext_lazy("Released."),
    "return": gettext_lazy("Given back to the writer."),
    "correct": gettext_lazy("The correction is public."),
    "withdraw": gettext_lazy("The story is withdrawn: readers do not have it any more."),
    "call-off": gettext_lazy("The change does not go out; its words stay in the revisions."),
}


def for_form(request, story):
    """What the change form shows of the moves: which are open to this person now, and what each will do."""
    if not story or not story.pk:
        zone = request.edition.zone_label if request.edition else ""
        may_release = access.somewhere(request.user, "release")
        return {
            "buttons": {"submit": _("Submit"), **({"release": _("Publish now")} if may_release else {})},
            "zone": zone,
        }
    is_open = publishing.open_moves(request.user, story)
    before_print = story.state != State.RELEASED
    unready = publishing.unready(story) if before_print else []
    offered = [name for name in PRESSED if name in is_open]
    labels = {"submit": _("Submit"), "approve": _("Approve"), "release": release_label(story)}
    return {
        "chip": standing_chip(story),
        "standing_note": standing_note(story),
        "returned_note": _last_note(story) if story.state == State.RETURNED else "",
        "unready": unready,
        "doubts": publishing.doubts(story, timezone.now()) if before_print else [],
        "may_overrule": {"approve", "release"} & set(is_open),
        "buttons": {name: labels[name] for name in offered},
        "primary": next((name for name in offered if name == NEXT.get(story.state) and not unready), ""),
        "asked_moves": [name for name in ASKED if name in is_open],
        "zone": story.edition.zone_label,
        "waiting": getattr(story, "waiting_change", None),
        "is_ahead": "waiting" in request.GET,
        "may_release": access.may(request.user, "release", story),
    }


def look_ahead(story):
    """Write the story as its waiting change will make it: whoever calls reads it and rolls back. Its version stays."""
    if waiting := WaitingChange.objects.filter(story=story).first():
        publishing.as_it_will_be(waiting)
        Story.objects.filter(pk=story.pk).update(version=story.version)


def prepare(model_admin, request, story, prepared):
    """Keep what was typed until its time, and go back to the story as it stands."""
    waiting = publishing.prepare(
        story, request.user, timezone.now(), prepared.wanted, prepared.goes_out_at, prepared.is_minor
    )
    told = _("The change waits; readers have it from %(time)s.") % {"time": moment(waiting.goes_out_at, story.edition)}
    model_admin.message_user(request, told, messages.SUCCESS)
    return HttpResponseRedirect(desk_address(request, story))


def release_label(story):
    """What a press on the button will do: Publish now; Publish at 20.00 WITA."""
    now = timezone.now()
    begins = max(story.publish_at or now, story.embargo_until or now)
    if begins <= now:
        return _("Publish now")
    if story.edition.day(begins) != story.edition.day(now):
        return _("Publish on %(time)s") % {"time": moment(begins, story.edition)}
    clock = dateformat.format(timezone.localtime(begins, story.edition.zone), "H.i")
    return _("Publish at %(time)s") % {"time": f"{clock} {story.edition.zone_label}"}


def standing_note(story):
    """Since when, or from when, readers have a released story."""
    match story.standing(timezone.now()):
        case Standing.SCHEDULED | Standing.EMBARGOED:
            return _("Readers have it from %(time)s.") % {"time": moment(story.live_from, story.edition)}
        case Standing.LIVE:
            return _("Readers have it since %(time)s.") % {"time": moment(story.live_from, story.edition)}
        case Standing.EXPIRED:
            return _("Readers had it until %(time)s.") % {"time": moment(story.expires_at, story.edition)}
    return ""


def _last_note(story):
    last = story.revisions.filter(move="returned").order_by("-number").first()
    return last.note if last else ""


def press(model_admin, request, name, story):
    """Make a move with what was just saved, and tell what came of it."""
    try:
        moved = PRESSED[name](story, request.user, timezone.now(), request.POST.getlist("despite"))
    except publishing.Refused as refused:
        model_admin.message_user(request, _("The story is saved, but not moved on:"), messages.WARNING)
        for reason in refused.reasons:
            model_admin.message_user(request, reason, messages.ERROR)
        if isinstance(refused, publishing.Doubtful):
            told = _("Whoever knows better ticks these doubts below and presses the button again.")
            model_admin.message_user(request, told, messages.WARNING)
    else:
        model_admin.message_user(request, f"{DONE[name]} {standing_note(moved)}", messages.SUCCESS)


def one(model_admin, request, pk, name):
    """The page of a move that asks for words."""
    story = get_object_or_404(access.stories(request.user).select_related("edition"), pk=pk)
    if name not in ASKED:
        raise Http404
    if not access.may(request.user, ASKED[name].right, story):
        raise PermissionDenied
    return _ask(model_admin, request, name, [story]) or HttpResponseRedirect(desk_address(request, story))


def several(name):
    """The list action of that name: moves each story by itself, and tells what happened to which."""

    def action(model_admin, request, stories):
        if name in ASKED:
            return _ask(model_admin, request, name, list(stories.select_related("edition")))
        move = PRESSED[name]
        _tell(model_admin, request, name, [(s, _try(move, s, request.user, timezone.now(), ())) for s in stories])
        return None

    action.__name__ = name
    labels = {
        "submit": gettext_lazy("Submit"),
        "return": gettext_lazy("Give back …"),
        "approve": gettext_lazy("Approve"),
        "release": gettext_lazy("Publish, each at its time"),
        "withdraw": gettext_lazy("Withdraw …"),
    }
    return admin.action(description=labels[name])(action)


ACTIONS = [several(name) for name in ("submit", "return", "approve", "release", "withdraw")]


def _ask(model_admin, request, name, stories):
    """The page that asks for the words of a move; None once it is made."""
    asked = ASKED[name]
    sent = request.method == "POST" and "_ask" in request.POST
    form = asked.form(request.POST if sent else None)
    if sent and form.is_valid():
        outcomes = [(s, _try(asked.move, s, request.user, timezone.now(), **form.cleaned_data)) for s in stories]
        if len(outcomes) != 1 or not outcomes[0][1]:
            return _tell(model_admin, request, name, outcomes)
        for reason in outcomes[0][1]:
            form.add_error(None, reason)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": asked.title,
        "press": asked.press,
        "stories": [(story, standing_chip(story), standing_note(story)) for story in stories],
        "form": form,
        "move": name,
        "opts": model_admin.opts,
        "selected": admin.helpers.ACTION_CHECKBOX_NAME if "action" in request.POST else "",
        "back": desk_address(request, stories[0]) if stories and "action" not in request.POST else "",
    }
    return TemplateResponse(request, "admin/articles/story/move.html", context)


def _try(move, story, *args, **words):
    """Why the move was not made: sentences; none if it was."""
    try:
        move(story, *args, **words)
    except publishing.Refused as refused:
        return refused.reasons
    except PermissionDenied as denied:
        return [str(denied)]
    return []


def _tell(model_admin, request, name, outcomes):
    if made := [story.headline for story, reasons in outcomes if not reasons]:
        model_admin.message_user(request, f"{DONE[name]} {'; '.join(made)}", messages.SUCCESS)
    for story, reasons in outcomes:
        if reasons:
            told = {"story": story.headline, "reasons": " ".join(map(str, reasons))}
            model_admin.message_user(request, _("%(story)s: not done. %(reasons)s") % told, messages.ERROR)


def desk_address(request, story):
    """The form of the story, or the list where it has left somebody's desk."""
    if access.may(request.user, "view", story):
        return reverse("admin:articles_story_change", args=[story.pk])
    return reverse("admin:articles_story_changelist")


def preview(model_admin, request, pk):
    """The story as its readers would have it: their edition, their language, their clock.

    With `?waiting` as they will have it when its waiting change has gone out.
    """
    try:
        with transaction.atomic():
            if "waiting" in request.GET:
                look_ahead(get_object_or_404(access.stories(request.user), pk=pk))
            response = _previewed(request, pk)
            if "waiting" in request.GET:
                transaction.set_rollback(True)
            return response
    except publishing.Refused as refused:
        return cannot_look_ahead(request, pk, refused)


def cannot_look_ahead(request, pk, refused):
    """Back to the story as it is, with why its waiting change could not go out now."""
    messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("admin:articles_story_change", args=[pk]))


def _previewed(request, pk):
    story = get_object_or_404(Story.objects.for_page().filter(pk__in=access.stories(request.user).values("pk")), pk=pk)
    request.edition = edition = Edition.objects.for_page().get(pk=story.edition_id)
    with translation.override(edition.language), timezone.override(edition.zone):
        response = show(request, story, timezone.now(), is_preview=True)
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
