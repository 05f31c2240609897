"""The moves of a story as the desk offers them: what the bar under the form says, and the pages beside the form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import dateformat, timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Edition, Story
from articles.models.story import Standing, State
from articles.views.story import show

from .story_list import moment, standing_chip


def for_form(request, story):
    """What the change form shows of the moves: which are open to this person now, and what each will do."""
    may_release, may_withdraw = (request.user.has_perm(f"articles.{move}_story") for move in ("release", "withdraw"))
    if not story or not story.pk:
        zone = request.edition.zone_label if request.edition else ""
        return {"release_label": _("Publish now") if may_release else "", "zone": zone}
    is_released = story.state == State.RELEASED
    return {
        "chip": standing_chip(story),
        "standing_note": standing_note(story),
        "unready": [] if is_released else publishing.unready(story),
        "release_label": release_label(story) if may_release and not is_released else "",
        "may_withdraw": may_withdraw and is_released,
        "zone": story.edition.zone_label,
    }


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


def withdraw(model_admin, request, pk):
    """Asks first, on a plain page; then takes the story from its readers."""
    story = get_object_or_404(Story.objects.select_related("edition"), pk=pk)
    if not request.user.has_perm("articles.withdraw_story") or not model_admin.has_view_permission(request, story):
        raise PermissionDenied
    if request.method == "POST":
        try:
            publishing.withdraw(story, request.user, timezone.now())
            messages.success(request, _("The story is withdrawn: readers do not have it any more."))
        except publishing.Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Withdraw the story?"),
        "story": story,
        "opts": model_admin.opts,
        "standing_note": standing_note(story),
    }
    return TemplateResponse(request, "admin/articles/story/withdraw.html", context)


def preview(model_admin, request, pk):
    """The story as its readers would have it: their edition, their language, their clock."""
    story = get_object_or_404(Story.objects.for_page(), pk=pk)
    if not model_admin.has_view_permission(request, story):
        raise PermissionDenied
    request.edition = edition = Edition.objects.for_page().get(pk=story.edition_id)
    with translation.override(edition.language), timezone.override(edition.zone):
        response = show(request, story, timezone.now(), is_preview=True)
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
