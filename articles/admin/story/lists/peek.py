"""A story at a glance, from the list: its words, picture and byline, how far it is, and what it lacks.

Space shows it in a dialog (static/desk/lists.js); without scripts it is a page. It tells no more than the form would.
"""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.text import Truncator

from articles import permissions, publishing
from articles.models import Story
from articles.publishing import UNRELEASED
from articles.text import body

from ..columns import chip, lacks, standing_chip, thumbnail
from ..told import standing_note
from ..transitions import filtered

FIRST_WORDS = 60


def peek(model_admin, request, pk):
    own = permissions.stories(request.user).filter(pk=pk)
    story = get_object_or_404(Story.objects.for_page().select_related("edition"), pk__in=own.values("pk"))
    approver = publishing.approver(request.user, permissions.somewhere(request.user, "approve"))
    change = reverse("admin:articles_story_change", args=[story.pk])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": story.headline,
        "opts": model_admin.opts,
        "story": story,
        "picture": thumbnail(story.lead_photo, "4x3") if story.lead_photo else "",
        "standing": standing_chip(story),
        "note": standing_note(story),
        "lacks": [chip(value, label) for value, label in lacks(story, timezone.now())],
        "blockers": publishing.blockers(story, approver) if story.state in UNRELEASED else [],
        "first_words": Truncator(body.text(story.body)).words(FIRST_WORDS),
        "words": body.word_count(story.body),
        "change": filtered(model_admin, request, change),
    }
    response = TemplateResponse(request, "admin/articles/story/peek.html", context)
    add_never_cache_headers(response)
    return response
