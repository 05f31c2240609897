"""The page on which an idea is declined, with a word to whoever proposed it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import assigning, permissions, publishing
from articles.models import Assignment


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Why not"),
        max_length=Assignment._meta.get_field("answer").max_length,
        help_text=gettext_lazy("Whoever proposed it reads this at the assignment; no mail has it."),
    )


def decline_page(model_admin, request, pk):
    assignment = get_object_or_404(permissions.assignments(request.user, "plan"), pk=pk)
    form = DeclineForm(request.POST or None)
    row = reverse("admin:articles_assignment_change", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            assigning.decline(assignment, request.user, timezone.now(), form.cleaned_data["answer"])
        except publishing.Refused as refused:
            model_admin.message_user(request, str(refused), messages.ERROR)
        else:
            told = _("“%(headline)s” is declined.") % {"headline": assignment.headline}
            model_admin.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(row)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Decline the idea"),
        "opts": model_admin.opts,
        "assignment": assignment,
        "form": form,
        "row": row,
    }
    return TemplateResponse(request, "admin/articles/assignment/decline.html", context)
