"""“Merge into …”: an action of the lists of tags, series and people. It asks on a page which of the chosen
rows stays."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import audit, permissions, publishing
from articles.models.audit_entry import Action

MOST = 20  # rows at once


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        None, label=gettext_lazy("This one stays"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, rows, *args):
        super().__init__(*args)
        self.fields["into"].queryset = rows
        self.fields["into"].label_from_instance = _with_count


def _with_count(row):
    count = publishing.stories_of(row).count()
    stories = ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}
    return f"{row} – {stories} – /{row.slug}/"


@admin.action(description=gettext_lazy("Merge into …"), permissions=["delete"])
def merge(model_admin, request, chosen):
    rows = chosen.model.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)[: MOST + 1])).order_by("pk")
    if not 2 <= rows.count() <= MOST:
        text = _("Choose those that mean the same, the one that stays among them: from two to %(most)d.")
        model_admin.message_user(request, text % {"most": MOST}, messages.ERROR)
        return None
    for row in rows:
        if not _may_merge(model_admin, request, row):
            text = _("“%(name)s” has stories of an edition where you may not delete it, so you may not merge it.")
            raise PermissionDenied(text % {"name": row})
    form = MergeForm(rows, request.POST if "_merge" in request.POST else None)
    if form.is_valid() and not getattr(request, "unsaved", ""):
        try:
            return _merge(model_admin, request, rows, form.cleaned_data["into"])
        except publishing.Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
    return _page(model_admin, request, rows, form)


def _may_merge(model_admin, request, row):
    """Whoever merges may delete both, in every edition with stories of them."""
    editions = set(publishing.stories_of(row).order_by().values_list("edition", flat=True))
    may_here = (permissions.allows(request.user, "delete", model_admin.opts.model_name, each) for each in editions)
    return model_admin.has_delete_permission(request, row) and all(may_here)


@transaction.atomic
def _merge(model_admin, request, rows, into):
    others = [row for row in rows if row != into]
    for row in others:
        publishing.merge(row, into, request.user)
        audit.write(Action.MERGED, row, request.user.get_username(), request, into=into)
    params = {"names": ", ".join(map(str, others)), "into": into}
    model_admin.message_user(request, _("Merged into “%(into)s”: %(names)s.") % params, messages.SUCCESS)


def _page(model_admin, request, rows, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge into …"),
        "opts": model_admin.opts,
        "rows": rows,
        "form": form,
        "action": merge.__name__,
        "selected": ACTION_CHECKBOX_NAME,
        "list": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/merge.html", context)
