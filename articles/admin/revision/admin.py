from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles import permissions, publishing
from articles.desk.bounded import BoundedList
from articles.desk.frame.places import OF_STORY
from articles.desk.values import is_id
from articles.field_uses import Use
from articles.listings.at_desk import at_desk
from articles.models import Revision, Story

from ..story.columns import standing_chip
from .legible import Legible

OF_EDITION = "story__edition__id__exact"
LONG_OF_STORY = [f"story__{name}" for name in Story.field_uses.left_out(Use.DESK_LISTS)]


class ReadOnly:
    """Rows that the newsroom writes itself and nobody changes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def of_reachable_story(user):
    """A condition: the row's story is at the user's desk. It is found by its key: a list of all is long."""
    return Exists(permissions.stories(user).filter(pk=OuterRef("story")))


class RevisionList(BoundedList):
    """The history of one story, or else the revisions of those stories at the user's desk that changed last.

    Older ones are found by date.
    """

    def get_queryset(self, request, exclude_parameters=None):
        asked = self.filter_params
        if not (OF_STORY in asked or f"{self.date_hierarchy}__year" in asked):
            edition = asked.get(OF_EDITION, [None])[-1]
            condition = Q(edition=edition) if edition and is_id(edition) else Q()
            self.root_queryset = Revision.objects.filter(story__in=at_desk(request.user, condition))
        return super().get_queryset(request, exclude_parameters).defer("snapshot", *LONG_OF_STORY)


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["number", "story", "move", "note", "by", "at"]
    list_select_related = ["story", "by"]
    list_filter = ["move", ("story__edition", admin.RelatedOnlyFieldListFilter)]
    further_lookups = [OF_STORY]  # the story's form links here
    search_fields = ["story__headline"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["story", "number", "move", "note", "by", "at", "bring_back", "what_changed", "as_it_was", "previous_hash"]
    readonly_fields = ["bring_back", "what_changed", "as_it_was"]
    show_full_result_count = False

    def get_urls(self):
        view = self.admin_site.admin_view(self.bring_back_view)
        return [path("<int:pk>/bring-back/", view, name="articles_revision_bring_back"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(of_reachable_story(request.user))

    def get_changelist(self, request, **kwargs):
        return RevisionList

    def changelist_view(self, request, extra_context=None):
        """The history of one story names it, and leads to it."""
        pk = request.GET.get(OF_STORY, "")
        story = permissions.stories(request.user).filter(pk=pk).only("headline").first() if is_id(pk) else None
        of_story = {}
        if story:
            address = reverse("admin:articles_story_change", args=[story.pk])
            title = _("History: %(headline)s") % {"headline": story.headline}
            of_story = {"title": title, "up": (story.headline, address)}
        return super().changelist_view(request, {**of_story, **(extra_context or {})})

    def get_list_display(self, request):
        """In the list of one story, the headline is not repeated in every row."""
        of_one_story = OF_STORY in request.GET
        return [column for column in self.list_display if not (of_one_story and column == "story")]

    def bring_back_view(self, request, pk):
        revision = get_object_or_404(self.get_queryset(request).select_related("story__edition"), pk=pk)
        title = _("Bring revision %(number)s back") % {"number": revision.number}
        form = forms.Form(request.POST if "_ask" in request.POST else None)
        if request.method == "POST" and form.is_valid():
            try:
                publishing.bring_back(revision, request.user, timezone.now())
            except publishing.Refused as refused:
                for reason in refused.reasons:
                    form.add_error(None, reason)
            else:
                self.message_user(request, _("The story is as it was then; its address and times are as they were."))
                return HttpResponseRedirect(reverse("admin:articles_story_change", args=[revision.story_id]))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "button_label": _("Bring these words back"),
            "stories": [(revision.story, standing_chip(revision.story), "")],
            "form": form,
            "opts": Story._meta,
            "back": reverse("admin:articles_revision_change", args=[pk]),
        }
        return TemplateResponse(request, "admin/articles/story/move.html", context)

    @admin.display(description=_("restore"))
    def bring_back(self, revision):
        form = reverse("admin:articles_story_change", args=[revision.story_id])
        now = reverse("admin:articles_revision_bring_back", args=[revision.pk])
        return format_html(
            '<span class="copy-steps"><a class="button default" href="{}?revision={}">{}</a>'
            '<a class="button" href="{}">{}</a></span>',
            *(form, revision.pk, _("Put these words into the form"), now, _("Bring these words back …")),
        )

    def get_object(self, request, *args):
        revision = super().get_object(request, *args)
        if revision:
            revision.reader = request.user
        return revision

    @admin.display(description=_("changed since the revision before"))
    def what_changed(self, revision):
        before = publishing.before(revision)
        if before is None:
            return "–"
        was, now = (Legible(one.snapshot, revision.reader) for one in (before, revision))
        return _parts((name, now.difference(name, was)) for name in now.differing(was))

    @admin.display(description=_("as it was"))
    def as_it_was(self, revision):
        legible = Legible(revision.snapshot, revision.reader)
        return _parts((name, legible.shown(name)) for name in legible.parts)


def _parts(shown):
    rows = [(capfirst(publishing.part_label(name)), words) for name, words in shown]
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)) if rows else "–"
