"""Another time for what stands on the agenda: dropped on an hour, or written into a form. Both are one POST.

A scheduled story is rescheduled, one that is not released gets another time at which it is due, an assignment is
postponed: each by the act that forms use, which asks who may and tells why not.
"""

import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import assigning, permissions, publishing
from articles.desk import timestamps
from articles.desk.writing.times import TimeInput
from articles.models.plausible_times import plausible_time
from articles.models.story import State


class MoveForm(forms.Form):
    at = forms.SplitDateTimeField(label=gettext_lazy("New time"), widget=TimeInput, validators=plausible_time)


def page(model_admin, request, kind, pk):
    row, edition, now_at = _row(request.user, kind, pk)
    with timezone.override(edition.zone):
        initial = {"at": now_at}
        form = MoveForm(_posted(request, now_at) if request.method == "POST" else None, initial=initial)
        reasons = []
        if request.method == "POST" and form.is_valid():
            reasons = _moved(row, request.user, form.cleaned_data["at"])
            if not reasons:
                told = _("“%(headline)s”: %(time)s.") % {
                    "headline": row.headline, "time": timestamps.absolute(form.cleaned_data["at"], edition)
                }  # fmt: skip
                return _done(request, told)
        for reason in reasons:
            form.add_error(None, reason)
        return _refused(form) if _is_drop(request) else _form(model_admin, request, row, form)


def _row(user, kind, pk):
    """(the story or assignment, its edition, the time that it has). Those that the user may not see are 404."""
    if kind == "story":
        story = get_object_or_404(permissions.stories(user).select_related("edition"), pk=pk)
        return story, story.edition, story.publish_at
    if kind == "assignment":
        assignment = get_object_or_404(permissions.assignments(user).select_related("section__edition"), pk=pk)
        return assignment, assignment.section.edition, assignment.due_at
    raise Http404


def _posted(request, now_at):
    """What was written; of a drop, the day and perhaps the hour on which it fell: the rest of the time stays."""
    if not _is_drop(request):
        return request.POST
    local = timezone.localtime(now_at) if now_at else timezone.localtime()
    try:
        day = datetime.date.fromisoformat(request.POST.get("day", ""))
        hour = int(request.POST["hour"]) if request.POST.get("hour") else None
        local = local.replace(year=day.year, month=day.month, day=day.day)
        local = local if hour is None else local.replace(hour=hour, minute=0, second=0)
    except ValueError:
        return {"at_0": "", "at_1": ""}
    return {"at_0": f"{local:%Y-%m-%d}", "at_1": f"{local:%H:%M:%S}"}


def _moved(row, user, at):
    """The reasons why it keeps its time; [] if it has the new one."""
    now = timezone.now()
    try:
        if hasattr(row, "due_at"):
            assigning.postpone(row, user, now, at)
        elif row.state == State.RELEASED:
            publishing.reschedule(row, user, now, at)
        else:
            publishing.set_time(row, user, now, at)
    except publishing.Refused as refused:
        return refused.reasons
    except PermissionDenied as denied:
        return [str(denied)]
    return []


def _is_drop(request):
    return request.headers.get("x-requested-with") == "fetch"


def _done(request, told):
    messages.success(request, told)
    if _is_drop(request):
        return JsonResponse({"moved": told})
    return HttpResponseRedirect(_back(request))


def _refused(form):
    reasons = [str(reason) for errors in form.errors.values() for reason in errors]
    return JsonResponse({"reasons": reasons}, status=422)


def _back(request):
    """The view of the agenda from which the form was opened."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    agenda = reverse("admin:articles_story_agenda")
    is_ours = back.startswith(agenda) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else agenda


def _form(model_admin, request, row, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Another time"),
        "subtitle": row.headline,
        "opts": model_admin.opts,
        "form": form,
        "back": _back(request),
    }
    return TemplateResponse(request, "admin/articles/story/agenda_move.html", context)
