from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import assigning, permissions, publishing
from articles.desk import labels
from articles.desk.values import is_id
from articles.models import Assignment

from ..scope import OfferedChoices
from . import acts, budget
from .columns import AssignmentColumns, standing_chip
from .form import AssignmentForm
from .listing import TABS, AssignmentList, TabFilter, assignees_of, counts, story_of

FIELDS = ["headline", ("section", "due_at"), "people", ("place", "kicker"), "wants_photo", "brief", "state"]
SHOWN = [("due_at", "section"), "who_has_it", "standing", ("place", "kicker"), "wants_photo", "brief", "its_story"]


@admin.register(Assignment)
class AssignmentAdmin(OfferedChoices, AssignmentColumns, admin.ModelAdmin):
    form = AssignmentForm
    fields = FIELDS
    autocomplete_fields = ["section"]
    list_filter = [
        TabFilter,
        "state",
        "wants_photo",
        ("section", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["section__edition"]
    list_per_page = 40
    search_fields = ["headline", "place"]
    search_help_text = _("Words of what it is about, or a place.")
    searched_at_once = 20_000
    date_hierarchy = "due_at"
    ordering = ["-due_at", "-pk"]
    actions = None

    def get_urls(self):
        own = [
            ("<int:pk>/act/<slug:name>/", self.act_view, "act"),
            ("budget/", self.budget_view, "budget"),
        ]
        wrapped = [
            path(route, self.admin_site.admin_view(view), name=f"articles_assignment_{name}")
            for route, view, name in own
        ]
        return [*wrapped, *super().get_urls()]

    # Permissions ------------------------------------------------------------------------

    def get_queryset(self, request):
        return permissions.assignments(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._may(request, "view", obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and permissions.plans_for(request.user).exists()

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.closed_at is None
        return is_open and super().has_change_permission(request, obj) and self._may(request, "plan", obj)

    def has_delete_permission(self, request, obj=None):
        """An assignment is dropped, so that it can be opened again and everybody knows why it is gone."""
        return False

    def _may(self, request, action, assignment):
        return assignment is None or assignment.pk is None or permissions.may_with(request.user, action, assignment)

    # The list ---------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return AssignmentList

    def get_tabs(self, request):
        return TABS.items(), counts(request.user, timezone.now())

    # The form ---------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Times are read and written in the zone of the edition for which it is planned."""
        try:
            with timezone.override(self._zone(request, object_id)):
                response = super().changeform_view(request, object_id, form_url, extra_context)
                return response.render() if hasattr(response, "render") else response
        except publishing.Refused as refused:  # somebody has closed it meanwhile
            self.message_user(request, str(refused), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def _zone(self, request, object_id):
        chosen = request.POST.get("section", "") or request.GET.get("section", "")
        sections = permissions.plans_for(request.user).select_related("edition")
        section = sections.filter(pk=chosen).first() if is_id(chosen) else None
        if section is None and object_id and is_id(object_id):
            found = self.get_queryset(request).select_related("section__edition").filter(pk=object_id).first()
            section = found and found.section
        if section:
            return section.edition.zone
        return request.edition.zone if request.edition else None

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) if obj else True
        return FIELDS if may_change else SHOWN

    def get_readonly_fields(self, request, obj=None):
        return ["who_has_it", "standing", "its_story"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "people" in form.base_fields:
            accounts = permissions.assignable(permissions.plans_for(request.user)).select_related("person")
            form.base_fields["people"].queryset = accounts.order_by("username")
        return form

    def formfield_for_foreignkey(self, field, request, **kwargs):
        chooser = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "section":
            chooser.queryset = permissions.plans_for(request.user)
        return chooser

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.many_to_one:
            return self.chooser(field, request, may_add=False, **kwargs)
        return super().formfield_for_dbfield(field, request, **kwargs)

    @admin.display(description=pgettext_lazy("assignment", "who"))
    def who_has_it(self, assignment):
        accounts = assignees_of([assignment]).get(assignment.pk, [])
        return ", ".join(map(labels.of_account, accounts)) or _("nobody yet")

    @admin.display(description=_("state"))
    def standing(self, assignment):
        return standing_chip(assignment)

    @admin.display(description=_("story"))
    def its_story(self, assignment):
        story = getattr(assignment, "seen_story", None)
        if story is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_story_change", args=[story.pk]), story)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            obj.seen_story = story_of(obj, request.user)
            context["buttons"] = list(acts.buttons(obj, request.user))
            context["seen_story"] = obj.seen_story
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, assignment, form, change):
        assigning.plan(assignment, form.cleaned_data["people"], request.user, timezone.now())

    # Further pages ----------------------------------------------------------------------

    def budget_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return budget.page(self, request)

    def act_view(self, request, pk, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return acts.press(self, request, pk, name)
