"""Keeping what is typed, and going on with it. All of it is for its writer alone, except that a chief takes over."""

import json
import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk import kept_posts, timestamps
from articles.desk.values import is_id, is_uid
from articles.desk.writing import working_copies

from . import difference

SECONDS = "H.i.s"
DROPPED = (
    '{told} <form method="post" action="{address}" class="message-step">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
    '<button type="submit" class="button">{undo}</button></form>'
)


@require_POST
def keep(request, model_admin):
    """Store what is typed now; nothing typed ends the copy. Answers {"told", "kept_at"}, or the reason in {"told"}."""
    if not kept_posts.is_whose(request.POST.get("whose", ""), request.user):
        return _not_kept(401, _("Somebody else is signed in here now. What you typed is kept in this browser only."))
    uid, story_id, version, typed = _sent(request.POST)
    now = timezone.now()
    if not typed:
        working_copies.end(request.user, uid)
        return JsonResponse({"told": "", "kept_at": now.isoformat()})
    try:
        working_copies.keep(request.user, uid, story_id, typed, version, now)
    except working_copies.TooSoon as soon:
        return _not_kept(429, "", {"Retry-After": str(soon.wait)})
    except working_copies.TooMany:
        message = _("%(most)d texts of yours are unsaved, and no more are kept: save or drop some on the first page.")
        return _not_kept(409, message % {"most": working_copies.MOST})
    except PermissionDenied:
        return _not_kept(403, _("You may not change this story any more. Copy what you typed before you leave."))
    clock = dateformat.format(timezone.localtime(now), SECONDS)
    return JsonResponse({"told": _("Kept %(clock)s") % {"clock": clock}, "kept_at": now.isoformat()})


def _not_kept(status, why, headers=None):
    return JsonResponse({"told": why}, status=status, headers=headers)


def _sent(posted):
    """(uid, story's id or None, version that was opened or None, [[name, value]])."""
    written, story_id, version = (posted.get(name, "") for name in ("copy", "story", "version"))
    try:
        typed = working_copies.bounded(json.loads(posted.get("typed", "")))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadRequest("These are no fields of a form.") from error
    if not is_uid(written) or not (story_id == "" or is_id(story_id)):
        raise BadRequest("A copy has a uid and a story.")
    is_counted = is_id(version) and int(version) < 2**31
    return uuid.UUID(written), int(story_id) if story_id else None, int(version) if is_counted else None, typed


def _own(request, uid):
    copy = working_copies.found(request.user, uid, timezone.now())
    if copy is None:
        raise Http404
    return copy


def look(request, model_admin, uid):
    """How the copy differs from the story, with what can be done with it."""
    copy = _own(request, uid)
    edition = copy.story.edition if copy.story else None
    with timezone.override(edition and edition.zone):
        rows = difference.rows(model_admin, request, copy)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Unsaved text"),
        "opts": model_admin.opts,
        "copy": copy,
        "edition": edition,
        "name": copy.headline or _("a story without a headline"),
        "rows": rows,
        "address": form_address(copy),
    }
    return TemplateResponse(request, "admin/articles/story/copy.html", context)


def form_address(copy):
    if copy.story_id is None:
        return reverse("admin:articles_story_add")
    return reverse("admin:articles_story_change", args=[copy.story_id])


@require_POST
def resume(request, model_admin, uid):
    """The form, filled with the copy and not saved."""
    copy = _own(request, uid)
    working_copies.take_back(copy)
    why = _("This is your unsaved text of %(time)s. Nothing of it is saved yet.")
    why %= {"time": timestamps.absolute(copy.changed_at, copy.story and copy.story.edition)}
    messages.info(request, why)
    fields = [(name, value) for name, value in copy.typed if working_copies.is_typed(name)]
    return kept_posts.resume(request, form_address(copy), [*fields, ("_copy", str(copy.uid))], why)


@require_POST
def drop(request, model_admin, uid):
    """It asks nothing, because the answer has the button that takes it back. For a day that can be done."""
    copy = _own(request, uid)
    working_copies.drop(copy, timezone.now())
    address = reverse("admin:articles_story_copy_take_back", args=[copy.uid])
    parts = {"told": _("The unsaved text is dropped."), "undo": _("Take it back"), "address": address}
    messages.success(request, format_html(DROPPED, **parts, token=get_token(request)))
    return HttpResponseRedirect(form_address(copy) if copy.story_id else reverse("admin:index"))


@require_POST
def take_back(request, model_admin, uid):
    copy = _own(request, uid)
    working_copies.take_back(copy)
    messages.success(request, _("The unsaved text is back."))
    return HttpResponseRedirect(reverse("admin:articles_story_copy", args=[copy.uid]))


@require_POST
def take_over(request, model_admin, uid):
    try:
        taken = working_copies.take_over(request, uid, timezone.now())
    except working_copies.TooMany as error:
        raise PermissionDenied(_("You have too many unsaved texts: save or drop some on the first page.")) from error
    if taken is None:
        raise Http404
    messages.success(request, _("You have a copy of it now. Its writer keeps theirs and is told."))
    return HttpResponseRedirect(reverse("admin:articles_story_copy", args=[taken.uid]))
