from django.apps import apps
from django.contrib import admin
from django.contrib.admin.sites import site
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.desk.bounded import SEARCHED
from articles.models import Assignment, AuditEntry, Person, Photo, Story
from articles.models.audit_entry import Kind

from .reports import Report
from .revision.admin import ReadOnly

BY_PUBLIC_ID = {Kind.STORY: Story, Kind.PHOTO: Photo, Kind.PERSON: Person, Kind.ASSIGNMENT: Assignment}


@admin.register(AuditEntry)
class AuditEntryAdmin(Report, ReadOnly, admin.ModelAdmin):
    """Chief editors read the log of their edition; nobody changes it."""

    list_display = ["written_at", "account_column", "action", "subject", "fields_column", "edition", "network"]
    list_filter = ["action", "kind"]
    search_fields = ["account", "key"]
    search_help_text = SEARCHED
    searched_at_once = 20_000
    date_hierarchy = "written_at"
    show_full_result_count = False
    readonly_fields = ["row"]

    def get_queryset(self, request):
        return permissions.audit_entries(request.user)

    def get_object(self, request, *args):
        entry = super().get_object(request, *args)
        if entry:
            entry.row = _row(request, entry)
        return entry

    @admin.display(description=_("account"), ordering="account")
    def account_column(self, entry):
        return entry.account or "–"

    @admin.display(description=_("on what"), ordering="key")
    def subject(self, entry):
        return f"{entry.get_kind_display()} {entry.key}"

    @admin.display(description=_("changed fields"), ordering="fields")
    def fields_column(self, entry):
        return ", ".join(_called(entry.kind, name) for name in entry.fields.split(", "))

    @admin.display(description=_("as it is called now"))
    def row(self, entry):
        if entry.row is None:
            return "–"
        return format_html('<a href="{}">{}</a>', _address(entry.row), entry.row)


def _row(request, entry):
    """The object of the entry if it still exists and is at this user's desk."""
    model = BY_PUBLIC_ID.get(entry.kind)
    return model and site._registry[model].get_queryset(request).filter(uid=entry.key).first()


def _called(kind, name):
    """The name of a field as its form has it."""
    try:
        model = {Kind.ACCOUNT: get_user_model(), Kind.GROUP: Group}.get(kind) or apps.get_model("articles", kind)
        return str(model._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError):  # no row of its own, or a field of the form alone
        return name


def _address(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
