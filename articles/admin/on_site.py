"""Django's redirect from the desk to the readers' page of a row, for users with that row at their desk."""

from django.contrib.admin.sites import site
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404


def on_site(request, content_type_id, object_id):
    """Refused to others, because the address reveals the day and slug of an unpublished story."""
    try:
        model = ContentType.objects.get(pk=content_type_id).model_class()
    except (ContentType.DoesNotExist, ValueError):
        raise Http404 from None
    model_admin = site._registry.get(model)
    if not (model_admin and model_admin.has_view_permission(request) and model_admin.get_object(request, object_id)):
        raise Http404
    return shortcut(request, content_type_id, object_id)
