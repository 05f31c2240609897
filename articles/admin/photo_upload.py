"""Many photos at once: a page that takes them one by one, each with its own result."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import photos
from articles.models import Photo

logger = logging.getLogger(__name__)

MOST = 50
NOT_STORED = gettext_lazy("The storage of photos does not answer: nothing was stored. Try again in a minute.")


def upload(model_admin, request):
    """GET: the page. POST: what was sent as `files`; answered in JSON where a script asks, else on the page."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    files = request.FILES.getlist("files")
    results = [take(file) for file in files[:MOST]]
    results += [_refused(file, _("More than %(most)s at once.") % {"most": MOST}) for file in files[MOST:]]
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"results": results}, status=200 if results else 400)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Upload photos"),
        "opts": model_admin.opts,
        "results": results,
        "nothing_sent": request.method == "POST" and not results,
    }
    return TemplateResponse(request, "admin/articles/photo/upload.html", context)


def take(file):
    """Put one upload into the library, filled with what its file says: what came of it, for the page."""
    photo = Photo()
    try:
        photos.describe(photo, file)
    except OSError as error:
        return _refused(file, _("This is no picture that we can use: %s") % error)
    if known := Photo.objects.filter(hash=photo.hash).first():
        return _refused(file, _("This picture is in the library already."), known)
    photos.fill(photo, file.name)
    photo.file = file
    try:
        with transaction.atomic():
            photo.save()
    except OSError:
        logger.exception("The storage took no photo")
        return _refused(file, NOT_STORED)
    lacking = [
        str(field.verbose_name)
        for field in (Photo._meta.get_field(name) for name in ("alt", "caption"))
        if not getattr(photo, field.name)
    ]
    if not photo.credit:
        lacking.append(_("credit"))
    near = photos.alike(photo)
    return {
        "name": file.name,
        "address": _address(photo),
        "title": photo.title,
        "credit": photo.credit,
        "caption": photo.caption,
        "picture": photos.address(photo, "4x3", 320, "webp"),
        "lacking": _("Still missing: %(fields)s.") % {"fields": ", ".join(lacking)} if lacking else "",
        "alike": [{"title": other.title, "address": _address(other)} for other in near],
    }


def _refused(file, why, known=None):
    return {"name": file.name, "error": str(why), "address": _address(known) if known else ""}


def _address(photo):
    return reverse("admin:articles_photo_change", args=[photo.pk])
