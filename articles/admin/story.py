from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import body, photos, publishing, search
from articles.models import Photo, ReadCount, Revision, Story
from articles.models.story import Standing, State

from . import finding, moves
from .story_form import StoryForm
from .story_inlines import CreditInline, GalleryInline, TagInline
from .story_list import StoryColumns, moment, thumbnail


@admin.register(Story)
class StoryAdmin(StoryColumns, admin.ModelAdmin):
    form = StoryForm
    exclude = ["version"]  # the form's own field of that name takes its place
    inlines = [CreditInline, TagInline, GalleryInline]
    autocomplete_fields = ["edition", "section", "series", "lead_photo"]
    prepopulated_fields = {"slug": ["headline"]}
    ordering = [F("live_from").desc(nulls_first=True), "-changed_at", "-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kicker", "headline", ("short_headline", "slug"), "standfirst", "body", "source_line",
                    "lead_photo", "lead_picture", "lead_caption", "version",
                ]
            },
        ),
        (_("Where it stands"), {"fields": ["edition", "section", "series", "label", "place", "urgency"]}),
        (_("When"), {"fields": ["publish_at", "embargo_until", "expires_at"]}),
    ]  # fmt: skip

    class Media:
        js = ["admin/js/jquery.init.js", "desk/desk.js"]

    def get_urls(self):
        own = [
            ("find/", self.find_view, "find"),
            ("<int:pk>/preview/", self.preview_view, "preview"),
            ("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
        ]
        wrapped = [
            path(route, self.admin_site.admin_view(view), name=f"articles_story_{name}") for route, view, name in own
        ]
        return wrapped + super().get_urls()

    def get_search_results(self, request, stories, words):
        return (search.find(words, stories) if words else stories), False

    def get_changeform_initial_data(self, request):
        return {"edition": request.edition, **super().get_changeform_initial_data(request)}

    def get_formset_kwargs(self, request, story, inline, prefix):
        kwargs = super().get_formset_kwargs(request, story, inline, prefix)
        return kwargs if story.pk or prefix != "credits" else {**kwargs, "initial": CreditInline.first_rows()}

    def has_change_permission(self, request, story=None):
        """What is released changes by the hand of those who may release: its text and times are what readers get."""
        may = super().has_change_permission(request, story)
        is_released = story is not None and story.state == State.RELEASED
        return may and (not is_released or request.user.has_perm("articles.release_story"))

    def get_readonly_fields(self, request, story=None):
        """A story that readers have had keeps its edition, for its address is there."""
        was_live = story and publishing.was_live(story, timezone.now())
        return ["lead_picture", "text", *(["edition"] if was_live else [])]

    def get_fieldsets(self, request, story=None):
        """Who may only look sees the text as it reads, not its markup."""
        if story is None or self.has_change_permission(request, story):
            return self.fieldsets
        (name, sheet), *others = self.fieldsets
        fields = ["text" if field == "body" else field for field in sheet["fields"] if field != "version"]
        return [(name, {"fields": fields}), *others]

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
        """Times are read and written in the zone of the story's edition, and the form says so."""
        if "_release" in request.POST and not request.user.has_perm("articles.release_story"):
            raise PermissionDenied
        story = self.get_object(request, object_id) if object_id else None
        edition = story.edition if story else request.edition
        with timezone.override(edition and edition.zone):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

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
            publishing.changed(story, form.before, now)
        else:
            story.changed_at = now
        super().save_model(request, story, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        publishing.record(form.instance, request.user, timezone.now(), gettext("saved"))

    def response_add(self, request, story, post_url_continue=None):
        return self._after_saving(request, story) or super().response_add(request, story, post_url_continue)

    def response_change(self, request, story):
        return self._after_saving(request, story) or super().response_change(request, story)

    def _after_saving(self, request, story):
        if "_release" in request.POST:
            return self._release(request, story)
        if story.state == State.RELEASED:
            for reason in publishing.unready(story):
                self.message_user(request, _("The story is released, but: %s") % reason, messages.WARNING)
        return None

    def _release(self, request, story):
        try:
            released = publishing.release(story, request.user, timezone.now())
        except publishing.Refused as refused:
            self.message_user(request, _("The story is saved, but not released:"), messages.WARNING)
            for reason in refused.reasons:
                self.message_user(request, reason, messages.ERROR)
        else:
            done = gettext("Released.")
            self.message_user(request, f"{done} {moves.standing_note(released)}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))

    def get_deleted_objects(self, objs, request):
        """Revisions and read counts, which nobody deletes by themselves, go with their story."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept_by_us = {Revision._meta.verbose_name, ReadCount._meta.verbose_name}
        return deleted, counts, lacking - kept_by_us, protected

    # Further pages --------------------------------------------------------------------

    def find_view(self, request):
        stories = Story.objects.for_card().order_by(F("live_from").desc(nulls_last=True), "-pk")
        return finding.answer(self, request, stories, _found)

    def preview_view(self, request, pk):
        return moves.preview(self, request, pk)

    def withdraw_view(self, request, pk):
        return moves.withdraw(self, request, pk)


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
