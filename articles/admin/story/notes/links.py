"""The page of a story's preview links: those that were made, and a form for another one.

A link is shown once, on the answer to the post that made it. Afterwards only its hash is known.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk import labels
from articles.models import PreviewLink
from articles.notes import links as acts
from articles.publishing import Refused

MOST_SHOWN = 100


def links(request, model_admin, pk):
    story = _story(request, model_admin, pk)
    address = _made(request, story) if request.method == "POST" else ""
    now = timezone.now()
    rows = PreviewLink.objects.filter(story=story).select_related("made_by__person")[:MOST_SHOWN]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Links for people outside the newsroom"),
        "opts": model_admin.opts,
        "original": story,
        "object": story,
        "address": address,
        "lasts": [(name, label) for name, (label, _time) in acts.LASTS.items()],
        "typed": request.POST,
        "revision": acts.newest(story),
        "may_be_made": story.standing(now) not in acts.ENDED,
        "rows": [(link, link.revoked_at is None and link.ends_at > now) for link in rows],
        "subtitle": labels.of(story),
    }
    return TemplateResponse(request, "admin/articles/story/links.html", context)


def _made(request, story):
    """The address of the link that was asked for; "" if it was refused."""
    is_of_now, asked = request.POST.get("of_now") == "1", request.POST
    try:
        _link, secret = acts.make(
            story, request.user, timezone.now(), asked.get("reader", "").replace("\0", ""), asked.get("lasts", ""),
            is_of_now, request,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
        return ""
    return story.edition.absolute(reverse("preview")) + "#" + secret


@require_POST
def revoke(request, model_admin, pk, uid):
    story = _story(request, model_admin, pk)
    link = get_object_or_404(PreviewLink, story=story, uid=uid)
    link.story = story
    acts.revoke(link, request.user, timezone.now(), request)
    messages.success(request, _("The link has ended."))
    return HttpResponseRedirect(reverse("admin:articles_story_links", args=[pk]))


def _story(request, model_admin, pk):
    story = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not acts.may_have(request.user, story):
        raise PermissionDenied
    return story
