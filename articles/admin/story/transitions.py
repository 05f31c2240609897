"""The transitions of a story at the desk: the buttons under the form and their effects.

articles/publishing defines the transitions, articles/permissions/ who may make them.
"""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import audit, permissions, publishing
from articles.desk import timestamps
from articles.models import Edition, Story, WaitingChange
from articles.models.audit_entry import Action
from articles.models.story import Standing
from articles.views.story import show

from . import told


class SaveAsScheduled(Exception):
    """The form was saved only to be read: the change is scheduled, and the save is rolled back."""

    def __init__(self, snapshot, goes_out_at, is_minor):
        self.snapshot, self.goes_out_at, self.is_minor = snapshot, goes_out_at, is_minor


# Buttons that act after saving. `acknowledged`: the doubts that the user overrules.
PRESSED = {
    "submit": lambda story, by, at, acknowledged: publishing.submit(story, by, at),
    "take_back": lambda story, by, at, acknowledged: publishing.take_back(story, by, at),
    "approve": publishing.approve,
    "release": publishing.release,
}
DONE = {
    "submit": gettext_lazy("Handed over to the editors."),
    "approve": gettext_lazy("Approved."),
    "take_back": gettext_lazy("Taken back: the story is in your hands again."),
    "release": gettext_lazy("Released."),
    "return": gettext_lazy("Given back to the writer."),
    "correct": gettext_lazy("The correction is public."),
    "withdraw": gettext_lazy("The story is withdrawn: readers do not have it any more."),
    "add_tag": gettext_lazy("The tag is added:"),
    "set_section": gettext_lazy("The section is set:"),
    "call-off": gettext_lazy("The change does not go out; its words stay in the revisions."),
}


def preview_scheduled(story):
    """Write the story with its scheduled change, under its old version. The caller reads it and rolls back."""
    if waiting := WaitingChange.objects.filter(story=story).first():
        publishing.as_it_will_be(waiting)
        Story.objects.filter(pk=story.pk).update(version=story.version)


def schedule(model_admin, request, story, scheduled):
    """Schedule the typed change and return to the story as it is."""
    waiting = publishing.schedule_change(
        story, request.user, timezone.now(), scheduled.snapshot, scheduled.goes_out_at, scheduled.is_minor
    )
    time = timestamps.absolute(waiting.goes_out_at, story.edition)
    message = _("The change waits; readers have it from %(time)s.") % {"time": time}
    model_admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(desk_address(model_admin, request, story))


def apply_transition(model_admin, request, name, story):
    """Make a transition with the saved story, and report the result. Raises Doubtful, whose doubts are asked first."""
    try:
        changed = PRESSED[name](story, request.user, timezone.now(), request.POST.getlist("acknowledged"))
    except publishing.Doubtful:
        raise
    except publishing.Refused as refused:
        model_admin.message_user(request, told.refused(refused), messages.ERROR)
    else:
        tell_done(model_admin, request, name, changed)


def tell_done(model_admin, request, name, story):
    sentence = f"{DONE[name]} “{story.headline}”"
    model_admin.message_user(request, told.done(sentence, story, request.user), messages.SUCCESS)


def desk_address(model_admin, request, story):
    """The form of the story, or the list if it has left the user's desk, with the list's filters."""
    if permissions.may(request.user, "view", story):
        return filtered(model_admin, request, reverse("admin:articles_story_change", args=[story.pk]))
    return filtered(model_admin, request, reverse("admin:articles_story_changelist"))


def filtered(model_admin, request, address):
    filters = model_admin.get_preserved_filters(request)
    return add_preserved_filters({"preserved_filters": filters, "opts": model_admin.opts}, address)


def preview(model_admin, request, pk):
    """The story as readers would see it: in their edition, language and zone.

    `?waiting` includes its scheduled change. The audit log records every preview of a text that is not public.
    """
    story = get_object_or_404(permissions.stories(request.user).select_related("edition"), pk=pk)
    is_scheduled = "waiting" in request.GET
    try:
        response = _scheduled_preview(request, story) if is_scheduled else _previewed(request, pk)
    except publishing.Refused as refused:
        return cannot_preview_scheduled(model_admin, request, story, refused)
    if is_scheduled or story.standing(timezone.now()) != Standing.LIVE:
        audit.write(Action.PREVIEWED, story, request.user.get_username(), request)
    return response


def _scheduled_preview(request, story):
    """The preview of a story with its scheduled change, which is written, read and rolled back. Raises Refused."""
    with transaction.atomic():
        preview_scheduled(story)
        response = _previewed(request, story.pk)
        transaction.set_rollback(True)
        return response


def cannot_preview_scheduled(model_admin, request, story, refused):
    """Back to the unchanged story, with the reasons why its scheduled change would fail now."""
    messages.error(request, str(refused))
    return HttpResponseRedirect(desk_address(model_admin, request, story))


def _previewed(request, pk):
    own = permissions.stories(request.user)
    story = get_object_or_404(Story.objects.for_page().filter(pk__in=own.values("pk")), pk=pk)
    request.edition = edition = Edition.objects.for_page().get(pk=story.edition_id)
    with translation.override(edition.language), timezone.override(edition.zone):
        response = show(request, story, timezone.now(), is_preview=True)
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
