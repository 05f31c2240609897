from django.contrib import admin
from django.template.response import TemplateResponse

from . import places


def page(request):
    """Every table without a place of its own in the top bar, as far as the user may see it."""
    groups = places.settings(admin.site.get_app_list(request))
    context = {**admin.site.each_context(request), "title": places.SETTINGS.label, "groups": groups}
    return TemplateResponse(request, "admin/settings.html", context)
