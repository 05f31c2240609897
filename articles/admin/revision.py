from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import permissions, publishing
from articles.desk import timestamps
from articles.desk.bounded import BoundedList
from articles.desk.values import is_id
from articles.field_uses import Use
from articles.listings.at_desk import at_desk
from articles.models import Revision, Story
from articles.models.person import Role
from articles.text import body
from articles.text.differences import changes

from .story.columns import standing_chip

LONG = 24  # unchanged words; of a longer run, only both ends are shown
OF_STORY, OF_EDITION = "story__id__exact", "story__edition__id__exact"
LONG_OF_STORY = [f"story__{name}" for name in Story.field_uses.left_out(Use.DESK_LISTS)]
NOT_SHOWN = {"names"}  # part of a snapshot that only names the others


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
        address = reverse("admin:articles_revision_bring_back", args=[revision.pk])
        return format_html('<a href="{}">{}</a>', address, _("Bring these words back …"))

    def get_object(self, request, *args):
        revision = super().get_object(request, *args)
        if revision:
            revision.reader = request.user
        return revision

    @admin.display(description=_("changed since the revision before"))
    def what_changed(self, revision):
        before = Revision.objects.filter(story=revision.story_id, number=revision.number - 1).first()
        if before is None:
            return "–"
        was, now = (Legible(one.snapshot, revision.reader) for one in (before, revision))
        rows = [
            (publishing.part_label(name), _difference(was.words(name), now.words(name))) for name in now.differing(was)
        ]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)) if rows else "–"

    @admin.display(description=_("as it was"))
    def as_it_was(self, revision):
        legible = Legible(revision.snapshot, revision.reader)
        rows = [
            (publishing.part_label(name), legible.text(name)) for name in revision.snapshot if name not in NOT_SHOWN
        ]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


class Legible:
    """A snapshot in the desk's words, for `reader`: other rows by name."""

    def __init__(self, snapshot, reader):
        self.references, self.reader = publishing.References(snapshot), reader
        self.snapshot = self.references.snapshot

    def differing(self, other):
        """The parts that differ from `other`. A renamed row is no difference.

        A part that `other` lacks is ignored: `other` may be older than the field.
        """
        known = [name for name in self.snapshot if name not in NOT_SHOWN and name in other.snapshot]
        return [name for name in known if self.snapshot[name] != other.snapshot[name]]

    def words(self, name):
        """A part as a list of words. A credit, tag or photo counts as one word."""
        value = self.snapshot.get(name)
        if name == "body":
            return body.text(value or "").split()
        if name == "credits":
            return [f"{self.references.name(key)} – {dict(Role.choices).get(role, role)}" for key, role in value or []]
        if name == "gallery":
            return [" – ".join(filter(None, [self.references.name(key), caption])) for key, caption in value or []]
        if name == "tags":
            return [self.references.name(key) for key in value or []]
        if name == "verified_in":
            return self._verifier(value)
        if name in publishing.POINTING:
            return [self.references.name(value)] if value else []
        return _plain(name, value)

    def text(self, name):
        if name == "body":
            lines = body.text(self.snapshot[name]).splitlines()
            return format_html_join("", "<p>{}</p>", ([line] for line in lines if line))
        return (", " if isinstance(self.snapshot[name], list) else " ").join(self.words(name)) or "–"

    def _verifier(self, uid):
        """The headline of another desk's story is not shown."""
        story = self.references.row("verified_in", uid)
        if story is None:
            return [str(uid)] if uid else []
        may_see = permissions.may(self.reader, "view", story)
        return [story.headline if may_see else str(_("a story of another desk"))]


def _plain(name, value):
    if isinstance(value, bool):
        return [str(_("yes") if value else _("no"))]
    field = next((field for field in Story._meta.concrete_fields if field.name == name), models.TextField())
    if value and isinstance(field, models.DateTimeField):
        return [timestamps.absolute(parse_datetime(value))]
    if value and isinstance(field, models.DateField):
        return [date_format(parse_date(value), timestamps.DAY)]
    return str("" if value is None else dict(field.flatchoices or []).get(value, value)).split()


def _difference(before, after):
    """The new words, with deletions struck out and insertions underlined."""
    parts = []
    for is_kept, was, now in changes(before, after):
        if is_kept:
            parts.append(" ".join(now) if len(now) < LONG else " ".join([*now[:10], "…", *now[-10:]]))
            continue
        parts += [format_html("<del>{}</del>", " ".join(was))] if was else []
        parts += [format_html("<ins>{}</ins>", " ".join(now))] if now else []
    return format_html_join(" ", "{}", ([part] for part in parts))
