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
from articles.models.desk.assignment import Plan

from ..scope import OfferedChoices, asked_once
from . import acts, budget
from .answering import decline_page
from .columns import AssignmentColumns, standing_chip
from .form import AssignmentForm, IdeaForm, OutsideSelect
from .listing import TABS, AssignmentList, TabFilter, assignees_of, counts, story_of

OF_IDEA = ["headline", ("section", "due_at"), ("place", "kicker"), "wants_photo", "brief", "began"]
OF_IDEA_ANSWERED = ["whose_idea", *OF_IDEA[:2], "people", "outside", *OF_IDEA[2:]]
FIELDS = [*OF_IDEA[:2], "people", "outside", *OF_IDEA[2:-1], "state", "began"]
SHOWN = [("due_at", "section"), "who_has_it", "standing", ("place", "kicker"), "wants_photo", "brief", "its_story"]


def _plans(user):
    return permissions.plans_for(user).exists()


def _proposes(user):
    return permissions.proposes_for(user).exists()


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
    list_select_related = ["section__edition", "proposed_by__person"]
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
            ("<int:pk>/decline/", self.decline_view, "decline"),
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
        return super().has_add_permission(request) and (self._plans(request) or self._proposes(request))

    def has_change_permission(self, request, obj=None):
        """A form of what was closed or answered meanwhile comes back with what was typed, and says so: meanwhile.py."""
        may = super().has_change_permission(request, obj) and (
            self._may(request, "plan", obj) or self._may(request, "propose", obj) or self._posts_idea(request, obj)
        )
        return may and (obj is None or obj.closed_at is None or request.method == "POST")

    def has_delete_permission(self, request, obj=None):
        """An assignment is dropped, so that it can be opened again and everybody knows why it is gone."""
        return False

    def _may(self, request, action, assignment):
        return assignment is None or assignment.pk is None or permissions.may_with(request.user, action, assignment)

    def _posts_idea(self, request, assignment):
        return request.method == "POST" and assignment.proposed_by_id == request.user.pk

    def _plans(self, request):
        return asked_once(request, _plans)

    def _proposes(self, request):
        return asked_once(request, _proposes)

    # The list ---------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return AssignmentList

    def get_tabs(self, request):
        return TABS.items(), counts(request.user, timezone.now())

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "proposes": not self._plans(request)})

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
        sections = self._sections(request).select_related("edition")
        section = sections.filter(pk=chosen).first() if is_id(chosen) else None
        if section is None and object_id and is_id(object_id):
            found = self.get_queryset(request).select_related("section__edition").filter(pk=object_id).first()
            section = found and found.section
        if section:
            return section.edition.zone
        return request.edition.zone if request.edition else None

    def _sections(self, request):
        """Those for which somebody may plan; who plans for none proposes."""
        return (permissions.plans_for if self._plans(request) else permissions.proposes_for)(request.user)

    def _is_proposed(self, request, obj):
        """Whether the form is that of an idea of one's own. Who plans for one section may propose nothing elsewhere."""
        return not self._plans(request) if obj is None else not self._may(request, "plan", obj)

    def get_fields(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return [*SHOWN, "answer"] if obj.answer else SHOWN
        if self._is_proposed(request, obj):
            return OF_IDEA
        return OF_IDEA_ANSWERED if obj and obj.state == Plan.PROPOSED else FIELDS

    def get_readonly_fields(self, request, obj=None):
        return ["who_has_it", "standing", "its_story", "whose_idea", "answer"]

    def get_form(self, request, obj=None, **kwargs):
        may_change = obj is None or self.has_change_permission(request, obj)
        if may_change and self._is_proposed(request, obj):
            return super().get_form(request, obj, **{**kwargs, "form": IdeaForm})
        form = super().get_form(request, obj, **kwargs)
        if "people" in form.base_fields:
            accounts = permissions.assignable(permissions.plans_for(request.user)).select_related("person")
            form.base_fields["people"].queryset = accounts.order_by("username")
            form.base_fields["outside"].widget = OutsideSelect(self.admin_site)
        return form

    def formfield_for_foreignkey(self, field, request, **kwargs):
        chooser = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "section":
            chooser.queryset = self._sections(request)
        return chooser

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.many_to_one:
            return self.chooser(field, request, may_add=False, **kwargs)
        return super().formfield_for_dbfield(field, request, **kwargs)

    @admin.display(description=pgettext_lazy("assignment", "who"))
    def who_has_it(self, assignment):
        having = assignees_of([assignment]).get(assignment.pk, [])
        return ", ".join(one.name for one in having) or _("nobody yet")

    @admin.display(description=pgettext_lazy("assignment", "proposed by"))
    def whose_idea(self, assignment):
        return labels.of_account(assignment.proposed_by) if assignment.proposed_by else _("somebody who is gone")

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
        if add and not self._plans(request):
            context["title"] = _("Propose an idea")
        if obj:
            obj.seen_story = story_of(obj, request.user)
            context["buttons"] = list(acts.buttons(obj, request.user))
            context["seen_story"] = obj.seen_story
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, assignment, form, change):
        if isinstance(form, IdeaForm):
            assigning.propose(assignment, request.user, timezone.now())
        else:
            given = form.cleaned_data
            assigning.plan(assignment, given["people"], request.user, timezone.now(), given["outside"])
        if form.kept:
            words = _("Changed meanwhile by %(name)s, and kept: %(fields)s.")
            told = words % {"name": form.who, "fields": ", ".join(form.kept)}
            self.message_user(request, told, messages.WARNING)

    # Further pages ----------------------------------------------------------------------

    def decline_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return decline_page(self, request, pk)

    def budget_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return budget.page(self, request)

    def act_view(self, request, pk, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return acts.press(self, request, pk, name)
