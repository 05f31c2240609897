from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import permissions, photos, publishing
from articles.admin import lookups
from articles.desk import timestamps
from articles.desk.fields.alike import Table
from articles.listings import desk_rows, search
from articles.listings.at_desk import at_desk, first_linkable
from articles.models import Correction, ReadCount, Revision, Story
from articles.models.story import Standing, State
from articles.models.story_queryset import JOINED

from ..scope import OfferedChoices, asked_once
from . import agenda, asking, dialogs, front, importing, pressing, transitions
from .columns import StoryColumns, thumbnail
from .copies import KeepsCopies
from .form import StoryForm
from .inlines import CreditInline, GalleryInline, TagInline
from .lists import peek
from .notes import KeepsNotes
from .paper import checked, places, reading, shown
from .previews import pages as previews
from .saving import StorySaving

MADE_HERE = {"lead_photo", "series"}
PICTURES = {"lead_photo", "lead_caption", "version"}


@admin.register(Story)
class StoryAdmin(KeepsCopies, KeepsNotes, StorySaving, OfferedChoices, StoryColumns, admin.ModelAdmin):
    form = StoryForm
    exclude = ["version"]  # the form's own field of that name replaces it
    inlines = [CreditInline, TagInline, GalleryInline]
    autocomplete_fields = ["edition", "section", "series", "lead_photo", "verified_in"]
    prepopulated_fields = {"slug": ["headline"]}
    ordering = ["-changed_at", "-pk"]
    actions = asking.ACTIONS
    fieldsets = places.FIELDSETS

    class Media:
        js = ["admin/js/jquery.init.js", "desk/desk.js"]

    def get_urls(self):
        own = [
            ("find/", self.find_view, "find"),
            ("agenda/", self.agenda_view, "agenda"),
            ("agenda/<int:pk>/<slug:kind>/", self.agenda_move_view, "agenda_move"),
            ("front/", self.front_view, "front"),
            ("checks/", self.checks_view, "checks_of_new"),
            ("<int:pk>/checks/", self.checks_view, "checks"),
            ("import/", self.import_view, "import"),
            ("preview/", self.preview_new_view, "preview_new"),
            ("<int:pk>/preview/", self.preview_view, "preview"),
            ("<int:pk>/peek/", self.peek_view, "peek"),
            ("<int:pk>/move/<slug:name>/", self.move_view, "move"),
        ]
        wrapped = [
            path(route, self.admin_site.admin_view(view), name=f"articles_story_{name}") for route, view, name in own
        ]
        return wrapped + super().get_urls()

    # Permissions ------------------------------------------------------------------------

    def get_queryset(self, request):
        return permissions.reachable(request.user, super().get_queryset(request)).select_related(*JOINED, "assignment")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._may(request, "view", obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, "delete", obj)

    def _may(self, request, action, story):
        return story is None or story.pk is None or action in shown.rights(request, story)

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Stories are deleted only one by one. Transitions are offered to users who may make them somewhere."""
        offered = super().get_actions(request, action_location)
        offered.pop("delete_selected", None)
        return {name: action for name, action in offered.items() if asking.is_offered(request.user, name)}

    def changelist_view(self, request, extra_context=None):
        offered = {
            "may_import": permissions.takes_in_somewhere(request.user),
            "may_place": permissions.allows_somewhere(request.user, "change", "slot"),
        }
        return super().changelist_view(request, {**offered, **(extra_context or {})})

    def get_search_results(self, request, stories, words):
        return (search.find(words, stories) if words else stories), False

    def get_changeform_initial_data(self, request):
        initial = {"edition": request.times_of, **super().get_changeform_initial_data(request)}
        if "section" not in initial and initial["edition"]:
            initial["section"] = publishing.section_at_first(request.user, request.times_of)
        return initial

    def get_formset_kwargs(self, request, story, inline, prefix):
        kwargs = super().get_formset_kwargs(request, story, inline, prefix)
        if story.pk or prefix != "credits":
            return kwargs
        return {**kwargs, "initial": CreditInline.first_rows(request.user)}

    def get_inline_formsets(self, request, formsets, inlines, story=None):
        return [Table(table) for table in super().get_inline_formsets(request, formsets, inlines, story)]

    def get_readonly_fields(self, request, story=None):
        """A story that was live keeps its edition and time; a photo editor may change its photos only."""
        shown = ["lead_picture", "lead_as_read", "text", *self.closed_by_clock(request, story)]
        if story and asked_once(request, permissions.may_only_illustrate, story):
            named = [*_placed(), *_not_placed()]
            shown += [name for name in named if name not in PICTURES]
        return list(dict.fromkeys(shown))

    def get_prepopulated_fields(self, request, story=None):
        return {} if "slug" in self.get_readonly_fields(request, story) else self.prepopulated_fields

    def get_fieldsets(self, request, story=None):
        """Users who may not edit the text see it rendered, not its markup, and no line above it that is empty."""
        may_change = story is None or self.has_change_permission(request, story)
        may_write = may_change and "body" not in self.get_readonly_fields(request, story)
        parts = {options["classes"][0]: [*options["fields"]] for _title, options in self.fieldsets}
        if not may_change:
            parts["lead"] = ["lead_as_read"] if story.lead_photo else []
        for part in ["head"] if may_change else ["head", "about", "context"]:
            parts[part] = [name for name in parts[part] if may_write or getattr(story, name)]
        parts["text"] = ["body" if may_write else "text", *_not_placed(), *(["version"] if may_change else [])]
        if may_write and story and story.state == State.RELEASED and publishing.was_live(story, timezone.now()):
            parts["change"] = places.CHANGE
        if story and self._is_settled_out_of_sight(request, story):
            parts["unverified"].remove("verified_in")
        return [(None, {"fields": fields, "classes": [name]}) for name, fields in parts.items()]

    def _is_settled_out_of_sight(self, request, story):
        """Whether another desk's story verifies this one: its headline stays hidden, and saving keeps the link."""
        return story.verified_in_id and not permissions.may(request.user, "view", story.verified_in)

    @admin.display(description=_("body"))
    def text(self, story):
        return reading.text(story, story.read_by)

    @admin.display(description=_("picture"))
    def lead_as_read(self, story):
        return reading.lead(story)

    @admin.display(description=_("picture"))
    def lead_picture(self, story):
        return thumbnail(story.lead_photo, "4x3") if story.lead_photo else "–"

    def view_on_site(self, story):
        is_live = story and story.standing(timezone.now()) == Standing.LIVE
        return story.edition.absolute(story.get_absolute_url()) if is_live else None

    def formfield_for_dbfield(self, field, request, **kwargs):
        """A chooser chooses. Of rows that are lacking, only photos and running stories are made from here."""
        if field.many_to_one:
            return self.chooser(field, request, may_add=field.name in MADE_HERE, **kwargs)
        return super().formfield_for_dbfield(field, request, **kwargs)

    # The form -------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        parts = checked.stored_parts(request, obj, context["inline_admin_formsets"]) if obj else None
        if change and request.method == "GET":
            self._warn_of_missing_files(request, checked.photos_of(obj, parts))
        if obj:
            obj.read_by = request.user
        context |= shown.for_form(request, obj, context, parts) | places.of_form(context["adminform"])
        context |= dialogs.of_form(request, context)
        if add:
            context["title"] = _("Write a story")  # as the button in the bar above says
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _warn_of_missing_files(self, request, shown_photos):
        for photo in shown_photos:
            if photos.is_missing(photo):
                text = _("The file of the photo “%(photo)s” is missing: readers see a grey picture instead.")
                self.message_user(request, text % {"photo": photo}, messages.WARNING)

    def get_deleted_objects(self, objs, request):
        """Revisions, corrections and read counts are deleted with their story, and only with it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept_by_us = {model._meta.verbose_name for model in (Revision, ReadCount, Correction)}
        return deleted, counts, lacking - kept_by_us, protected

    # Further pages --------------------------------------------------------------------

    def find_view(self, request):
        """Stories for a link: those at the user's desk, and those that readers have in the user's editions."""
        now = timezone.now()

        def first(words, most):
            wanted = 3 * most if words else most
            ids = first_linkable(request.user, search.holding(words) if words else Q(), now, wanted)
            return lookups.best_first([*desk_rows.linked(ids).values()], words)

        def of_uids():
            return Story.objects.for_desk().filter(pk__in=permissions.linkable(request.user, now).values("pk"))

        return lookups.answer(self, request, of_uids, _found, first)

    def first_to_choose(self, request, words, most):
        """Ids for a chooser of stories: the first of the user's desk in the order of the list."""
        return at_desk(request.user, search.holding(words) if words else Q(), most=most)

    def agenda_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return agenda.agenda(self, request)

    def agenda_move_view(self, request, pk, kind):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return agenda.move(self, request, kind, pk)

    def front_view(self, request):
        return front.front(self, request)

    def import_view(self, request):
        return importing.page(self, request)

    def preview_new_view(self, request):
        return previews.of_new(self, request)

    def preview_view(self, request, pk):
        page = previews.of_stored if request.method == "POST" else transitions.preview
        return page(self, request, pk)

    @method_decorator(require_POST)
    def checks_view(self, request, pk=None):
        """What the checks say of the form as it is typed. Nothing is stored."""
        story = get_object_or_404(self.get_queryset(request), pk=pk) if pk else None
        may_write = self.has_change_permission(request, story) if story else self.has_add_permission(request)
        if not may_write:
            raise PermissionDenied
        with self.in_zone_of_times(request, story):
            return checked.checked(self, request, story)

    def peek_view(self, request, pk):
        return peek.peek(self, request, pk)

    def move_view(self, request, pk, name):
        page = pressing.press if name in transitions.PRESSED else asking.one
        return page(self, request, pk, name)


def _placed():
    return [name for _title, options in StoryAdmin.fieldsets for name in options["fields"]]


def _not_placed():
    """Fields without a group of the form; they stand below the text."""
    placed = _placed()
    return [field.name for field in Story._meta.fields if field.editable and field.name not in ["id", *placed]]


def _found(story):
    at = story.live_from or story.changed_at
    return {
        "uid": str(story.uid),
        "headline": story.headline,
        "standing": story.standing(timezone.now()).value,
        "standing_label": story.standing(timezone.now()).label,
        "date": timestamps.absolute(at, story.edition) if at else "",
        "edition": story.edition.name,
        "address": story.edition.absolute(story.get_absolute_url()) if story.day else "",
    }
