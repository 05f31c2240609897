from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import access, body, photos, publishing, search
from articles.models import Correction, Photo, ReadCount, Revision, Story
from articles.models.story import Standing, State

from . import agenda, finding, moves, story_import
from .scope import OfferedChoices
from .story_form import StoryForm
from .story_inlines import CreditInline, GalleryInline, TagInline
from .story_list import StoryColumns, moment, thumbnail

WORDS = [
    "kicker", "headline", ("short_headline", "slug"), "standfirst", "body", "source_line", "lead_photo",
    "lead_picture", "lead_caption", "version",
]  # fmt: skip
UNVERIFIED = ["in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told", "verified_in"]
CARE = ["is_made_with_ai", "ai_note", "involves_child", "child_is_unnamed", "protected_names", "is_about_suicide"]
NOT_NEWS = {"version", "is_minor", "goes_out_at", "urgency", "protected_names"}  # a save of these alone updates nothing
PICTURES = {"lead_photo", "lead_caption", "version"}


@admin.register(Story)
class StoryAdmin(OfferedChoices, StoryColumns, admin.ModelAdmin):
    form = StoryForm
    exclude = ["version"]  # the form's own field of that name takes its place
    inlines = [CreditInline, TagInline, GalleryInline]
    autocomplete_fields = ["edition", "section", "series", "lead_photo", "verified_in"]
    prepopulated_fields = {"slug": ["headline"]}
    ordering = [F("live_from").desc(nulls_first=True), "-changed_at", "-pk"]
    actions = moves.ACTIONS
    fieldsets = [
        (None, {"fields": WORDS}),
        (_("Where it stands"), {"fields": ["edition", "section", "series", "label", "place", "urgency"]}),
        (_("When"), {"fields": ["publish_at", "embargo_until", "expires_at"]}),
        (_("Not verified yet"), {"fields": UNVERIFIED, "classes": ["collapse"]}),
        (_("Handle with care"), {"fields": CARE, "classes": ["collapse"]}),
    ]

    class Media:
        js = ["admin/js/jquery.init.js", "desk/desk.js"]

    def get_urls(self):
        own = [
            ("find/", self.find_view, "find"),
            ("agenda/", self.agenda_view, "agenda"),
            ("import/", self.import_view, "import"),
            ("<int:pk>/preview/", self.preview_view, "preview"),
            ("<int:pk>/move/<slug:name>/", self.move_view, "move"),
        ]
        wrapped = [
            path(route, self.admin_site.admin_view(view), name=f"articles_story_{name}") for route, view, name in own
        ]
        return wrapped + super().get_urls()

    # Who --------------------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=access.stories(request.user).values("pk"))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._may(request, "view", obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, "delete", obj)

    def _may(self, request, action, story):
        return story is None or story.pk is None or access.may(request.user, action, story)

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Stories are deleted one by one, if at all; moves are offered to those who may make them somewhere."""
        offered = super().get_actions(request, action_location)
        offered.pop("delete_selected", None)
        return {name: action for name, action in offered.items() if access.somewhere(request.user, name)}

    def changelist_view(self, request, extra_context=None):
        may_import = access.takes_in_somewhere(request.user)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def get_search_results(self, request, stories, words):
        return (search.find(words, stories) if words else stories), False

    def get_changeform_initial_data(self, request):
        editions = access.editions(request.user, "add", "story")
        here = request.edition if request.edition in editions else editions.first()
        return {"edition": here, **super().get_changeform_initial_data(request)}

    def get_formset_kwargs(self, request, story, inline, prefix):
        kwargs = super().get_formset_kwargs(request, story, inline, prefix)
        return kwargs if story.pk or prefix != "credits" else {**kwargs, "initial": CreditInline.first_rows()}

    def get_readonly_fields(self, request, story=None):
        """A story that readers have had keeps its edition and its time; a photo editor's part is the pictures."""
        shown = ["lead_picture", "text"]
        if story and publishing.was_live(story, timezone.now()):
            shown += ["edition", "publish_at", "embargo_until"]
        if story and access.may_only_illustrate(request.user, story):
            named = [name for _title, options in self.fieldsets for name in _flat(options["fields"])]
            shown += [name for name in named if name not in PICTURES]
        return list(dict.fromkeys(shown))

    def get_prepopulated_fields(self, request, story=None):
        return {} if "slug" in self.get_readonly_fields(request, story) else self.prepopulated_fields

    def get_fieldsets(self, request, story=None):
        """Who may not write the text sees it as it reads, not its markup."""
        may_change = story is None or self.has_change_permission(request, story)
        may_write = may_change and "body" not in self.get_readonly_fields(request, story)
        words = WORDS if may_write else ["text" if name == "body" else name for name in WORDS]
        if may_write and story and publishing.was_live(story, timezone.now()):
            words = [*words, "is_minor", "goes_out_at"]
        words = [name for name in words if may_change or name != "version"]
        hidden = {"verified_in"} if story and self._is_settled_out_of_sight(request, story) else set()
        further = [
            (title, {**options, "fields": [name for name in options["fields"] if name not in hidden]})
            for title, options in self.fieldsets[1:]
        ]
        return [(None, {"fields": words}), *further]

    def _is_settled_out_of_sight(self, request, story):
        """Whether a story of another desk settles this one: its headline is not told, and saving keeps it."""
        return story.verified_in_id and not access.may(request.user, "view", story.verified_in)

    @admin.display(description=_("body"))
    def text(self, story):
        return mark_safe(story.body)  # noqa: S308 (the field cleaned it, articles/body.py)

    @admin.display(description=_("picture"))
    def lead_picture(self, story):
        return thumbnail(story.lead_photo, "4x3") if story.lead_photo else "–"

    def view_on_site(self, story):
        is_live = story and story.standing(timezone.now()) == Standing.LIVE
        return story.edition.absolute(story.get_absolute_url()) if is_live else None

    # The form -------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Times are read and written in the zone of the story's edition, and the form says so.

        A change that would break what a released story must keep is rolled back, and the form comes again with
        what was typed and the reasons.
        """
        story = self.get_object(request, object_id) if object_id else None
        edition = story.edition if story else request.edition
        with timezone.override(edition and edition.zone):
            try:
                with transaction.atomic():
                    is_ahead = request.method == "GET" and "waiting" in request.GET and story
                    if is_ahead:
                        moves.look_ahead(story)
                    response = self._rendered(request, object_id, form_url, extra_context)
                    if is_ahead:
                        transaction.set_rollback(True)
                    return response
            except publishing.Refused as refused:
                if request.method == "GET":
                    return moves.cannot_look_ahead(request, object_id, refused)
                request.refused = refused.reasons
            except moves.Prepared as prepared:
                try:
                    return moves.prepare(self, request, story, prepared)
                except publishing.Refused as refused:
                    request.refused = refused.reasons
            return self._rendered(request, object_id, form_url, extra_context)

    def _rendered(self, *args):
        response = super().changeform_view(*args)
        return response.render() if hasattr(response, "render") else response

    def get_form(self, request, story=None, **kwargs):
        form = super().get_form(request, story, **kwargs)
        form.refused = getattr(request, "refused", [])
        form.waiting = getattr(story, "waiting_change", None) if "waiting" in request.GET else None
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and request.method == "GET":
            self._warn_of_missing_files(request, obj)
        context |= moves.for_form(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _warn_of_missing_files(self, request, story):
        in_body = Photo.objects.filter(uid__in=body.references(story.body).photos)
        in_gallery = Photo.objects.filter(uses__story=story)
        lead = Photo.objects.filter(pk=story.lead_photo_id)
        for photo in {*lead, *in_gallery, *in_body}:
            if photos.is_missing(photo):
                text = _("The file of the photo “%(photo)s” is missing: readers see a grey picture instead.")
                self.message_user(request, text % {"photo": photo}, messages.WARNING)

    # Saving ---------------------------------------------------------------------------

    def save_model(self, request, story, form, change):
        now = timezone.now()
        if change:
            publishing.changed(story, form.before, now, is_minor=form.cleaned_data.get("is_minor", False))
        else:
            story.changed_at = now
        super().save_model(request, story, form, change)

    def save_related(self, request, form, formsets, change):
        """The whole is saved; if readers have or will have it, it must keep what every release must."""
        super().save_related(request, form, formsets, change)
        story = form.instance
        if change and not (set(form.changed_data) - NOT_NEWS or any(formset.has_changed() for formset in formsets)):
            story.updated_at = form.before.updated_at
            Story.objects.filter(pk=story.pk).update(updated_at=story.updated_at)
        publishing.record(story, request.user, timezone.now())
        if reason := publishing.misplaced(story, form.before, request.user):
            raise publishing.Refused(reason)
        if story.state == State.RELEASED:
            saved = Story.objects.select_related("edition", "section", "lead_photo", "series").get(pk=story.pk)
            if reasons := publishing.unready(saved):
                raise publishing.Refused(*reasons)
            if goes_out_at := form.cleaned_data.get("goes_out_at"):
                wanted = publishing.snapshot(Story.objects.for_page().get(pk=story.pk))
                raise moves.Prepared(wanted, goes_out_at, form.cleaned_data["is_minor"])

    def response_add(self, request, story, post_url_continue=None):
        return self._after_saving(request, story) or super().response_add(request, story, post_url_continue)

    def response_change(self, request, story):
        return self._after_saving(request, story) or super().response_change(request, story)

    def _after_saving(self, request, story):
        for name in moves.PRESSED:
            if f"_{name}" in request.POST:
                moves.press(self, request, name, story)
                return HttpResponseRedirect(moves.desk_address(request, story))
        return None

    def get_deleted_objects(self, objs, request):
        """Revisions, corrections and read counts, which nobody deletes by themselves, go with their story."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept_by_us = {model._meta.verbose_name for model in (Revision, ReadCount, Correction)}
        return deleted, counts, lacking - kept_by_us, protected

    # Further pages --------------------------------------------------------------------

    def find_view(self, request):
        stories = access.linkable(request.user, timezone.now()).for_desk()
        return finding.answer(self, request, stories.order_by(F("live_from").desc(nulls_last=True), "-pk"), _found)

    def agenda_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return agenda.agenda(self, request)

    def import_view(self, request):
        return story_import.page(self, request)

    def preview_view(self, request, pk):
        return moves.preview(self, request, pk)

    def move_view(self, request, pk, name):
        return moves.one(self, request, pk, name)


def _flat(fields):
    for field in fields:
        yield from field if isinstance(field, tuple) else [field]


def _found(story):
    at = story.live_from or story.changed_at
    return {
        "uid": str(story.uid),
        "headline": story.headline,
        "standing": story.standing(timezone.now()).value,
        "standing_label": story.standing(timezone.now()).label,
        "date": moment(at, story.edition) if at else "",
        "edition": story.edition.name,
    }
