"""The admin site of the desk. These rules hold for every registered model without further code:

1. A list answers only lookups of its filters, date hierarchy and search. Others could reveal hidden rows, or cost a
   worker minutes.
2. Values from an address or a post must be valid for a field: an id has digits, a year is plausible.
3. A list counts and shows a bounded number of rows (bounded.py), so that its cost does not grow with the archive.
4. The audit log (articles/audit.py) records every form that gives or takes rights, and every deletion.
"""

import functools
import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import IGNORED_PARAMS, ORDER_VAR
from django.contrib.auth import get_user
from django.core.exceptions import BadRequest, ValidationError
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog

from articles import audit

from . import deleting, filters, labels
from .account import entering
from .constraints import DeskForm
from .fields import choosers
from .fields.media import Written
from .frame import preferences, searching, settings_page
from .lists import ListRules
from .rows import ListRows, RowForm, Rows, counted
from .telling import pages as telling
from .values import is_id, is_year
from .writing import times

LONGEST_VALUE = 500
MOST_IN_A_FORM = 2_000  # rows of a table; see DATA_UPLOAD_MAX_NUMBER_FIELDS in newsroom/settings.py
MOST_VALUES = 20  # values of a lookup; each deepens the SQL expression, whose depth is limited
LONGEST_SEARCH, MOST_WORDS = 200, 20
_ORDER = re.compile(r"-?[0-9]{1,2}(\.-?[0-9]{1,2}){0,19}")
_ROW_ID = re.compile(r"form-[0-9]+-id")


class FormRules:
    """Rules for the form of a row and for the rows below it."""

    formfield_overrides = times.FIELDS

    def formfield_for_foreignkey(self, field, request, **kwargs):
        """Every chooser tells rows of the same name apart."""
        if field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", choosers.ChooserSelect(field, self.admin_site, using=kwargs.get("using")))
        kwargs.setdefault("form_class", choosers.Chooser)
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def get_view_on_site_url(self, obj=None):  # None while an invalid form lacks the parts of the row's address
        try:
            return super().get_view_on_site_url(obj)
        except NoReverseMatch:
            return None

    def formfield_for_manytomany(self, field, request, **kwargs):
        kwargs.setdefault("form_class", choosers.ManyChooser)
        return super().formfield_for_manytomany(field, request, **kwargs)


class RowRules(FormRules):
    """Mixin that the site adds to every inline."""

    def is_crowded(self, request, parent):
        """Whether the parent has more rows than a form can post. They then stay as they are; the rest can be saved."""
        if parent is None or parent.pk is None:
            return False
        known = request.__dict__.setdefault("counted_rows", {})
        if self.model not in known:
            known |= counted(self.admin_site.get_model_admin(self.parent_model).inlines, parent)
        return known[self.model] > MOST_IN_A_FORM

    def has_add_permission(self, request, parent):
        return super().has_add_permission(request, parent) and not self.is_crowded(request, parent)

    def has_change_permission(self, request, parent=None):
        return super().has_change_permission(request, parent) and not self.is_crowded(request, parent)

    def has_delete_permission(self, request, parent=None):
        return super().has_delete_permission(request, parent) and not self.is_crowded(request, parent)


class DeskRules(ListRules, FormRules):
    """Mixin that the site adds to every registered ModelAdmin."""

    # Lists ------------------------------------------------------------------------------

    def allowed_lookups(self, request):
        """{lookup: function that accepts a value}: everything that a list of this model may be asked.

        `further_lookups` of a ModelAdmin: lookups by id to which our own pages link.
        """
        allowed = dict.fromkeys(getattr(self, "further_lookups", []), is_id)
        for spec in self.get_list_filter(request):
            allowed |= _lookups_of(self.model, spec)
        if self.date_hierarchy:
            parts = {"year": is_year, "month": is_id, "day": is_id}
            allowed |= {f"{self.date_hierarchy}__{part}": fits for part, fits in parts.items()}
        return allowed

    def lookup_allowed(self, lookup, value, request):
        fits = self.allowed_lookups(request).get(lookup)
        return fits is not None and fits(value)

    def get_changelist_instance(self, request):
        asked = {name: values for name, values in request.GET.lists() if name not in IGNORED_PARAMS}
        if any(len(values) > MOST_VALUES for values in asked.values()):
            raise IncorrectLookupParameters
        if not _ORDER.fullmatch(request.GET.get(ORDER_VAR) or "0"):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def get_list_filter(self, request):
        return [_offered(spec) for spec in super().get_list_filter(request)]

    def changelist_view(self, request, extra_context=None):
        rows = [value for name, value in request.POST.items() if _ROW_ID.fullmatch(name)]
        if not all(is_id(value) for value in [*request.POST.getlist(ACTION_CHECKBOX_NAME), *rows]):
            raise BadRequest("No row has such an id.")
        return super().changelist_view(request, extra_context)

    def get_search_results(self, request, rows, words):
        return super().get_search_results(request, rows, " ".join(words[:LONGEST_SEARCH].split()[:MOST_WORDS]))

    def get_changelist_form(self, request, **kwargs):
        form = super().get_changelist_form(request, **{"form": DeskForm, **kwargs})
        form.by = request.user
        return form

    def get_changelist_formset(self, request, **kwargs):
        return super().get_changelist_formset(request, **{"formset": ListRows, **kwargs})

    # Forms ------------------------------------------------------------------------------

    def get_form(self, request, row=None, change=False, **kwargs):
        form = super().get_form(request, row, change=change, **kwargs)
        form.by = request.user
        return form

    def get_formset_kwargs(self, request, row, inline, prefix):
        kwargs = super().get_formset_kwargs(request, row, inline, prefix)
        if inline.is_crowded(request, row):
            kwargs["queryset"] = inline.get_queryset(request).none()
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The heading tells namesakes apart. A table with more rows than a form can post is not shown."""
        if change:
            context["subtitle"] = labels.of(obj)
        for inline in (inline.opts for inline in context["inline_admin_formsets"]):
            if inline.is_crowded(request, obj):
                message = _("%(rows)s: more than %(most)s. They are not shown here and stay as they are.")
                names = {"rows": capfirst(inline.opts.verbose_name_plural), "most": MOST_IN_A_FORM}
                self.message_user(request, message % names, messages.WARNING)
        context["media"] = Written(context["media"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)  # "?_to_field=" names no field

    def get_deleted_objects(self, objs, request):
        """Used rows stay, and their users are listed. An admin's `using(rows)` adds users without a foreign key."""
        deleted, counts, lacking, _protected = super().get_deleted_objects(objs, request)
        more = self.using(objs) if hasattr(self, "using") else []
        protected = deleting.descriptions(self.admin_site, request, [*deleting.protecting(objs), *more])
        return deleted, counts, set() if protected else lacking, protected  # a right to delete stories would not help

    # The audit log ----------------------------------------------------------------------

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        audit.write_saved(request, form.instance, form.changed_data, is_new=not change)

    def delete_model(self, request, row):
        with transaction.atomic():
            super().delete_model(request, row)
            audit.write_deleted(request, [row])

    def delete_queryset(self, request, rows):
        with transaction.atomic():
            gone = list(rows)
            super().delete_queryset(request, rows)
            audit.write_deleted(request, gone)

    # Addresses --------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        """Initial values in the address that a field would refuse are ignored."""
        fields = self.get_form(request).base_fields
        asked = request.GET.copy()
        for name, value in request.GET.items():
            if name in fields and not _takes(fields[name], value):
                del asked[name]
        request.GET = asked
        return super().add_view(request, form_url, extra_context)


class DeskSite(admin.AdminSite):
    home = None  # the first page and its poll: articles/admin, which stands above, sets it
    login, password_change_form = entering.page, entering.forms.OwnPasswordForm
    enable_nav_sidebar = False  # the top bar leads everywhere: places.py

    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or admin.ModelAdmin
        form, inlines = _with(DeskForm, admin_class.form), [_ruled_rows(row) for row in admin_class.inlines]
        super().register(model_or_iterable, _with(DeskRules, admin_class, form=form, inlines=inlines), **options)

    def get_urls(self):
        own = {
            "home_state": self.home_state,
            "settings": settings_page.page,
            "preferences": preferences.page,
            "search": searching.page,
        }
        ours = [path(f"{name}/", self.admin_view(view), name=name) for name, view in own.items()]
        return [*ours, *telling.urls(self), *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        # Made when it is looked at: most pages of the desk show no list of all tables.
        return SimpleLazyObject(functools.partial(super().get_app_list, request, app_label))

    def index(self, request, extra_context=None):
        return self.home.page(self, request)

    def home_state(self, request):
        return self.home.state(request)

    def app_index(self, request, app_label, extra_context=None):
        return HttpResponseRedirect(reverse("admin:settings"))

    def password_change(self, request, extra_context=None):
        account = get_user(request) if request.method == "POST" else None  # the form changes request.user
        with audit.password_of(account, request):
            return super().password_change(request, extra_context)

    def i18n_javascript(self, request, extra_context=None):
        """Words of the admin's scripts. Our catalogue djangojs.po has those that Django's lacks in Indonesian."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "articles"])(request)

    def autocomplete_view(self, request):
        return choosers.Answers.as_view(admin_site=self)(request)


def _with(rules, base, **more):
    """The class `base` with the mixin `rules` before it."""
    if issubclass(base, rules):
        return base
    return type(base)(base.__name__, (rules, base), {"__module__": base.__module__, **more})


def _ruled_rows(inline):
    formset = inline.formset if issubclass(inline.formset, Rows) else _with(Rows, inline.formset)
    return _with(RowRules, inline, form=_with(RowForm, inline.form), formset=formset)


def _offered(spec):
    is_of_rows = isinstance(spec, (list, tuple)) and spec[1] is admin.RelatedOnlyFieldListFilter
    return (spec[0], filters.OfferedFilter) if is_of_rows else spec


def _lookups_of(model, spec):
    """The lookups of one entry of `list_filter`."""
    if isinstance(spec, type):
        return {spec.parameter_name: is_id if issubclass(spec, filters.ByRow) else _is_short}
    path = spec[0] if isinstance(spec, (list, tuple)) else spec
    field = get_fields_from_path(model, path)[-1]
    if field.is_relation:
        return {f"{path}__{field.target_field.name}__exact": is_id, f"{path}__isnull": _is_short}
    lookups = {path: _is_short, f"{path}__exact": _is_short, f"{path}__isnull": _is_short}
    if isinstance(field, models.DateField):
        lookups |= {f"{path}__gte": _is_short, f"{path}__lt": _is_short}
    return lookups


def _is_short(value):
    return len(value) <= LONGEST_VALUE


def _takes(field, value):
    """Whether a form field accepts `value`. Files and two-part times are never set by an address."""
    if isinstance(field, (forms.FileField, forms.MultiValueField)):
        return False
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True
