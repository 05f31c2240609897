"""What workers gave up, and whether a worker is away. Superusers let a task be tried again; chiefs are told, too."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import permissions
from articles.models.membership import DeskRole
from articles.publishing.told import mail
from articles.tasks import queue

from ..values import is_id

MOST = 100  # rows of the page
NAMES = {
    mail.send.module_path: gettext_lazy("an e-mail to one person"),
    mail.send_digest.module_path: gettext_lazy("the daily e-mail to one person"),
}


def urls(site):
    return [
        path("tasks/", site.admin_view(page), name="tasks"),
        path("tasks/retry/", site.admin_view(retry), name="tasks_retry"),
    ]


def is_told(user):
    """Whether somebody is told that e-mail does not go out: who can mend it, and who answers for the desk."""
    return user.is_superuser or any(one.role == DeskRole.CHIEF for one in permissions.memberships(user))


def to_be_mended(user, now):
    """[(count, words, address)] for the home."""
    if not is_told(user):
        return
    found = queue.look(now)
    if found.is_worker_away:
        words = _("tasks wait and no worker takes them: e-mail is not sent")
        yield str(found.waiting), words, reverse("admin:tasks" if user.is_superuser else "admin:told")
    if user.is_superuser and (count := queue.given_up(now).count()):
        yield str(count), _("tasks were given up"), reverse("admin:tasks")


def page(request):
    _only_superusers(request)
    now = timezone.now()
    rows = list(queue.given_up(now).order_by("-ended_at", "-pk")[:MOST])
    for row in rows:
        row.label = NAMES.get(row.name, row.name)
    context = {
        **admin.site.each_context(request),
        "title": _("Tasks"),
        "rows": rows,
        "queue": queue.look(now),
        "most": MOST,
    }
    return TemplateResponse(request, "admin/tasks.html", context)


@require_POST
def retry(request):
    """One task, by its id, or all that were given up."""
    _only_superusers(request)
    rows, pk = queue.given_up(), request.POST.get("task", "")
    if pk:
        rows = rows.filter(pk=pk) if is_id(pk) else rows.none()
    count = queue.retry(rows, timezone.now())
    told = ngettext("%(count)d task is tried again.", "%(count)d tasks are tried again.", count) % {"count": count}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:tasks"))


def _only_superusers(request):
    if not request.user.is_superuser:
        raise PermissionDenied
