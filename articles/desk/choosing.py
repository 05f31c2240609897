"""The page on which somebody chooses a row for a filter of a list: …/choose/author/?q=nina.

Each row is a link back to the list. With scripts, the list shows the same links without leaving (static/desk/lists.js).
"""

from urllib.parse import parse_qs, urlencode

from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from . import labels
from .filters import ByRow, OfferedFilter, offered

MOST = 30


def page(model_admin, request, name):
    """The rows that fit the words; without words, the first in their own order."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    title, parameter, model = _filter(model_admin, request, name)
    words = request.GET.get("q", "").strip()
    rows = offered(request, model)
    if words:
        rows, _may_repeat = model_admin.admin_site._registry[model].get_search_results(request, rows, words)
    found = list(labels.with_details(rows).distinct()[: MOST + 1])
    filters = request.GET.get("_changelist_filters", "")
    address = _list(model_admin)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": capfirst(title),
        "opts": model_admin.opts,
        "name": name,
        "words": words,
        "filters": filters,
        "list": f"{address}?{filters}" if filters else address,
        "rows": [(labels.label(row), f"{address}?{_with(filters, parameter, row.pk)}") for row in found[:MOST]],
        "is_more": len(found) > MOST,
    }
    return TemplateResponse(request, "admin/choose.html", context)


def _filter(model_admin, request, name):
    """(title, parameter, model) of the filter of that name. Raises Http404."""
    for spec in model_admin.get_list_filter(request):
        if isinstance(spec, tuple) and spec[1] is OfferedFilter and spec[0] == name:
            field = get_fields_from_path(model_admin.model, name)[-1]
            return field.verbose_name, f"{name}__{field.target_field.name}__exact", field.related_model
        if isinstance(spec, type) and issubclass(spec, ByRow) and spec.parameter_name == name:
            return spec.title, name, spec.of
    raise Http404


def _list(model_admin):
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def _with(filters, parameter, key):
    """The filters of the list with this row chosen, and from the first page."""
    kept = {n: v for n, v in parse_qs(filters).items() if n not in (PAGE_VAR, parameter)}
    return urlencode({**kept, parameter: key}, doseq=True)
