"""The page of all that somebody was told."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.values import is_id
from articles.models import Notice
from articles.publishing import told
from articles.tasks import queue

from . import lines, tasks


def urls(site):
    return [
        path("told/", site.admin_view(page), name="told"),
        path("told/seen/", site.admin_view(seen), name="told_seen"),
        path("told/<int:pk>/", site.admin_view(open_it), name="told_open"),
        *tasks.urls(site),
    ]


def page(request):
    before = request.GET.get("before", "")
    rows, older = lines.of_page(request.user, int(before) if is_id(before) else None)
    context = {
        **admin.site.each_context(request),
        "title": _("News for you"),
        "rows": rows,
        "older": older,
        "queue": queue.look(timezone.now()) if tasks.is_told(request.user) else None,
        "given_up": queue.given_up().count() if request.user.is_superuser else 0,
    }
    return TemplateResponse(request, "admin/told.html", context)


def open_it(request, pk):
    """Leads to what the notice is about, and notes that all that was told of it is seen."""
    notice = get_object_or_404(Notice, pk=pk, to=request.user)
    told.mark_seen(lines.same(notice), timezone.now())
    return HttpResponseRedirect(lines.about(notice))


@require_POST
def seen(request):
    told.mark_seen(Notice.objects.filter(to=request.user), timezone.now())
    messages.success(request, _("All of it counts as seen."))
    return HttpResponseRedirect(reverse("admin:told"))
