"""The words of one photo, asked for and changed from the form of a story: in JSON, for static/desk/photo-words.js."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, JsonResponse

from articles.desk import shown
from articles.models import Photo


def words(model_admin, request, pk):
    """GET: the photo, and whether the user may change it. POST: changes those of its words that were sent."""
    if request.method not in ("GET", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    with transaction.atomic():
        if request.method == "POST":
            Photo.objects.select_for_update().filter(pk=pk).first()  # for others wait until these words are stored
        photo = model_admin.get_object(request, str(pk))
        if photo is None:
            raise Http404
        may_change = model_admin.has_change_permission(request, photo)
        if request.method == "GET":
            return _told(photo, may_change=may_change)
        if not may_change:
            raise PermissionDenied
        return _changed(model_admin, request, photo)


def _changed(model_admin, request, photo):
    """What was not sent stays as it is stored, so that two people at one photo keep each other's words."""
    stored = {name: getattr(photo, name) for name in shown.PHOTO_WORDS}
    sent = {name: value for name, value in request.POST.items() if name in stored}
    form_class = model_admin.get_form(request, photo, change=True, fields=shown.PHOTO_WORDS)
    form = form_class({**stored, **sent}, instance=photo)
    if not form.is_valid():
        errors = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
        return _told(photo, status=400, errors=errors)
    if form.changed_data:
        photo.save(update_fields=form.changed_data)
        model_admin.log_change(request, photo, model_admin.construct_change_message(request, form, []))
    return _told(photo)


def _told(photo, status=200, **more):
    response = JsonResponse({"photo": shown.of(photo), **more}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
