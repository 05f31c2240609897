"""Upload of many photos: a page that stores them one by one, each with its own result."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import limits, photos
from articles.delivery import failure
from articles.desk import shown
from articles.models import Photo
from articles.sign_in import waiting

logger = logging.getLogger(__name__)

MOST = 50  # files of one form; a script sends any number, one by one
NOT_STORED = gettext_lazy("The storage of photos does not answer: nothing was stored. Try again in a minute.")
NO_ROOM = gettext_lazy("The disk for photos is full: nothing was stored. Tell whoever looks after the server.")
UPLOADS = limits.Rate("upload", at_once=2_000, every=2)  # files of one account
WORDS = {  # for static/desk/upload.js
    "waiting": gettext_lazy("waits"),
    "sending": gettext_lazy("is being sent"),
    "again": gettext_lazy("is tried again in a moment"),
    "choose": gettext_lazy("Choose at least one picture."),
    "begun": gettext_lazy("Sending %(count)s files."),
    "counts": gettext_lazy("%(taken)s accepted, %(refused)s refused"),
    "left": gettext_lazy("%(left)s not sent yet"),
    "offline": gettext_lazy("There is no network. What is left is kept here and tried again."),
    "back": gettext_lazy("The network is back. Sending the rest."),
    "failed": gettext_lazy("The desk did not answer, also when asked again."),
    "signed_out": gettext_lazy("You are signed out. Sign in again in another window, and then press “Try again” here."),
    "closed": gettext_lazy("You may not upload photos any more."),
    "folder": gettext_lazy("This is a folder: open it and choose the pictures in it."),
    "unreadable": gettext_lazy("This file cannot be read: it was changed, moved or taken away. Choose it again."),
    "too_much": gettext_lazy("It is larger than what the desk takes."),
}


def upload(model_admin, request):
    """GET: the page. POST: stores the `files`; answers in JSON to a script, else with the page.

    `request.unsaved`: the reason why the page comes back without having stored anything (desk/kept_posts.py).
    """
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    is_sent = request.method == "POST" and not getattr(request, "unsaved", "")
    results = Batch(_since(request), request.user.pk).take_all(request.FILES.getlist("files")) if is_sent else []
    if request.headers.get("Accept", "").startswith("application/json"):
        rows = [{**result, "html": render_to_string(ROW, {"result": result})} for result in results]
        return JsonResponse({"results": rows}, status=200 if rows else 400)
    return TemplateResponse(
        request, "admin/articles/photo/upload.html", _context(model_admin, request, results, is_sent)
    )


ROW = "admin/articles/photo/_upload_result.html"


def _context(model_admin, request, results, is_sent):
    refused, taken = [one for one in results if one["error"]], [one for one in results if not one["error"]]
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Upload photos"),
        "opts": model_admin.opts,
        "refused": refused,
        "taken": taken,
        "counts": WORDS["counts"] % {"taken": len(taken), "refused": len(refused)} if results else "",
        "why": getattr(request, "unsaved", "") or (WORDS["choose"] if is_sent and not results else ""),
        "words": {name: str(words) for name, words in WORDS.items()},
        "limits": photos.limits(),
        "too_large": too_large(),
        "most": MOST,
        "most_together": settings.LARGEST_BODY // 10**6,
        "opened_at": timezone.now().isoformat(),
    }


def not_stored(error):
    """In words for whoever sent the file."""
    return NO_ROOM if failure.is_full_disk(error) else NOT_STORED


def too_large():
    return _("It is larger than %(most)s megabytes.") % {"most": photos.limits().most_bytes // 10**6}


def _since(request):
    """For a repeated upload, the time when its page was opened; else None."""
    try:
        since = parse_datetime(request.POST.get("since", ""))
    except ValueError:
        return None
    return since if since and timezone.is_aware(since) else None


class Batch:
    """The files of one request. A photo stored after `since` counts as accepted: only its response was lost.

    So a repeated upload, or a form sent twice by a double click, is not refused.
    """

    def __init__(self, since, sender):
        self.since, self.sender = since, sender
        self.names = {}  # names of this request's photos, by primary key

    def take_all(self, files):
        """One result for each file. A failed file does not stop the others."""
        if wait := UPLOADS.take(self.sender, count=len(files)) if files else 0:
            return [_refused(file, waiting.told(wait).messages[0], again=True) for file in files]
        results = [self.take(file) for file in files[:MOST]]
        message = _("More than %(most)s at once: this one was not taken.") % {"most": MOST}
        return results + [_refused(file, message) for file in files[MOST:]]

    def take(self, file):
        try:
            return self._take(file)
        except Exception:
            logger.exception("A photo could not be taken")
            return _refused(file, _("Something broke on our side: this file was not taken."), again=True)

    def _take(self, file):
        """Store one upload, filled from its metadata. Returns the result for the page."""
        photo = Photo()
        try:
            remarks = photos.describe(photo, file, photos.languages())
        except photos.Unusable as error:
            return _refused(file, _("This is no picture that we can use: %s") % error)
        remarks = [*remarks, *photos.fill(photo, file.name)]
        photo.file = file
        try:
            with transaction.atomic():
                if known := photos.same(photo):
                    return self._known(file, known)
                photo.save()
        except OSError as error:
            logger.exception("The storage took no photo")
            return _refused(file, not_stored(error), again=True)
        self.names[photo.pk] = file.name
        return _taken(file, photo, remarks)

    def _known(self, file, known):
        if known.pk in self.names:
            return _refused(file, _("The same file as “%s”, which came with it.") % self.names[known.pk], known)
        if self.since and known.added_at >= self.since:
            self.names[known.pk] = file.name
            return _taken(file, known, [_("It has been in the library since you opened this page.")])
        return _refused(file, _("This picture is in the library already."), known)


def _taken(file, photo, remarks):
    lacking = [
        str(field.verbose_name)
        for field in (Photo._meta.get_field(name) for name in ("alt", "caption"))
        if not getattr(photo, field.name)
    ]
    if not photo.credit:
        lacking.append(_("credit"))
    return {
        "name": file.name,
        "error": "",
        "address": _address(photo),
        "title": photo.title,
        "credit": photo.credit,
        "caption": photo.caption,
        "picture": photos.address(photo, "4x3", 320, "webp"),
        "lacking": _("Still missing: %(fields)s.") % {"fields": ", ".join(lacking)} if lacking else "",
        "remarks": remarks,
        "alike": [
            {"title": other.title, "address": _address(other), "photo": shown.of(other)}
            for other in photos.alike(photo)
        ],
        "photo": shown.of(photo),
    }


def _refused(file, why, known=None, again=False):
    """`again`: the file is not at fault and may be sent once more. `known`: the photo that is this file already."""
    other = {"address": "", "known": ""}
    if known:
        other = {"address": _address(known), "known": known.title, "photo": shown.of(known)}
    return {"name": file.name, "error": str(why), "again": again, **other}


def _address(photo):
    return reverse("admin:articles_photo_change", args=[photo.pk])
