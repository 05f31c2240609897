"""The tabs above a list: those of the desk, then the views that somebody keeps or that a colleague shares.

A view is the query of an address. It is cleaned when it is kept: only what the list may be asked stays. It gives no
right, because the list checks again what it is asked, for whoever opens it.
"""

from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models import SavedView, Section

from .constraints import DeskForm

COLUMNS = "columns"
KEPT = {SEARCH_VAR, ORDER_VAR, COLUMNS}
MOST = 30  # views of one person for one list
MOST_SECTIONS = 300


class Tab(NamedTuple):
    title: str
    address: str
    is_current: bool
    count: str = ""
    shared_by: str = ""


def tabs(model_admin, changes, built_in, counts):
    """`built_in`: (value of `?tab=`, title) of each tab of the desk; `counts`: {value: number}."""
    asked = cleaned(model_admin, changes.request, changes.request.GET.urlencode())
    listed = permissions.saved_views(changes.request.user).filter(listed=model_admin.opts.model_name)
    own = list(listed[: 2 * MOST]) if model_admin.keeps_views else []
    if not built_in and not own:
        return
    is_own = any(view.query == asked for view in own)
    chosen = changes.params.get("tab", "")
    columns = [(name, value) for name, value in changes.hidden() if name == COLUMNS]
    for value, title in [*built_in, ("", _("All"))]:
        query = urlencode([*([("tab", value)] if value else []), *columns])
        number = counts.get(value)
        yield Tab(title, f"?{query}", value == chosen and not is_own, _short(number) if number else "")
    for view in own:
        by = "" if view.owner_id == changes.request.user.pk else _("shared with the desk")
        yield Tab(view.title, f"?{view.query}", view.query == asked, shared_by=by)


def _short(number):
    return "1.000+" if number > 1_000 else str(number)


def cleaned(model_admin, request, query):
    """The query with only what the list may be asked, in one order; the page is not part of a view."""
    allowed = model_admin.allowed_lookups(request)
    pairs = parse_qsl(query)
    return urlencode(sorted((n, v) for n, v in pairs if n in KEPT or (n in allowed and allowed[n](v))))


class ViewForm(DeskForm):
    """`desk`: with whom it is shared, as "edition" or "edition/section", by their keys."""

    desk = forms.ChoiceField(label=gettext_lazy("Who sees it"), required=False)

    class Meta:
        model = SavedView
        fields = ["title"]

    def __init__(self, *args, desks, **kwargs):
        super().__init__(*args, **kwargs)
        view = self.instance
        self.initial["desk"] = "/".join(str(key) for key in (view.edition_id, view.section_id) if key)
        self.fields["desk"].choices = desks

    def clean(self):
        edition, _slash, section = (self.cleaned_data.get("desk") or "").partition("/")
        self.instance.edition_id, self.instance.section_id = int(edition or 0) or None, int(section or 0) or None
        return super().clean()


def desks(user):
    """[(value, label)] of the desks with which somebody may share: the editions where they work, and their sections."""
    yield "", _("only me")
    editions = list(permissions.editions(user, "view", "story"))
    sections = Section.objects.filter(edition__in=editions).select_related("edition")[:MOST_SECTIONS]
    of_edition = {}
    for section in sections:
        of_edition.setdefault(section.edition_id, []).append(section)
    for edition in editions:
        yield str(edition.pk), _("everybody at %(desk)s") % {"desk": edition.name}
        for section in of_edition.get(edition.pk, []):
            yield f"{edition.pk}/{section.pk}", _("%(desk)s, %(section)s") % {"desk": edition, "section": section}


def page(model_admin, request):
    """Keep the list as it is asked under a name; rename, share and delete one's own views."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    own = SavedView.objects.filter(owner=request.user, listed=model_admin.opts.model_name)
    offered, posted = list(desks(request.user)), request.POST if request.method == "POST" else None
    query = cleaned(model_admin, request, request.GET.get("_changelist_filters", ""))
    chosen = _chosen(own, posted["view"]) if posted and posted.get("view") else None
    if chosen and "_delete" in posted:
        chosen.delete()
        return HttpResponseRedirect(request.get_full_path())
    new = SavedView(owner=request.user, listed=model_admin.opts.model_name, query=query)
    form = ViewForm(posted, instance=chosen or new, desks=offered, prefix=chosen and chosen.uid)
    if posted and _is_room(form, own, chosen) and form.is_valid():
        view = form.save()
        return HttpResponseRedirect(request.get_full_path() if chosen else f"{_list(model_admin)}?{view.query}")
    rows = [(view, form if view == chosen else ViewForm(instance=view, desks=offered, prefix=view.uid)) for view in own]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Saved views"),
        "opts": model_admin.opts,
        "form": ViewForm(instance=new, desks=offered) if chosen else form,
        "query": query,
        "rows": rows,
        "list": f"{_list(model_admin)}?{query}",
    }
    return TemplateResponse(request, "admin/saved_views.html", context)


def _chosen(own, uid):
    try:
        return get_object_or_404(own, uid=uid)
    except ValidationError as error:  # no UUID
        raise Http404 from error


def _is_room(form, own, chosen):
    if chosen is None and own.count() >= MOST:
        form.add_error(None, _("You keep %(most)s views here: delete one first.") % {"most": MOST})
    return not form.errors


def _list(model_admin):
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
