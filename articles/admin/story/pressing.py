"""A transition that needs no words, made by one press from a list of stories, such as the home.

It is the same as the button of the story's form. If it is refused, the form opens with the reasons; if there are
doubts, with the dialog that asks about them.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles import permissions, publishing
from articles.models import Story

from . import dialogs, promises
from .transitions import apply_transition, desk_address, filtered


def press(model_admin, request, pk, name):
    """Only a POST makes the move. A release keeps the promise of its button, as from the form."""
    story = get_object_or_404(permissions.stories(request.user).select_related("edition", "series"), pk=pk)
    if not permissions.may(request.user, name, story):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(desk_address(model_admin, request, story))
    promised = request.POST.get("promise", promises.NOW) if name == "release" else promises.NOW
    if reason := promises.broken(promised, story, timezone.now()):
        model_admin.message_user(request, reason, messages.ERROR)
    else:
        try:
            apply_transition(model_admin, request, name, story)
        except publishing.Doubtful:
            form = reverse("admin:articles_story_change", args=[story.pk])
            return HttpResponseRedirect(filtered(model_admin, request, f"{form}?{dialogs.ASKS}={name}"))
    stays = Story.objects.filter(pk=pk, version=story.version).exists()
    return HttpResponseRedirect(desk_address(model_admin, request, story) if stays else reverse("admin:index"))
