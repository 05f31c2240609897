import difflib

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import access, body, publishing
from articles.models import Revision, Story

from .story_list import standing_chip


class ReadOnly:
    """Rows that are written by the newsroom itself and changed by nobody."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["number", "story", "move", "note", "by", "at"]
    list_select_related = ["story", "by"]
    list_filter = ["move", ("story__edition", admin.RelatedOnlyFieldListFilter)]
    further_lookups = ["story__id__exact"]  # the story's form leads here
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
        return super().get_queryset(request).filter(story__in=access.stories(request.user))

    def get_list_display(self, request):
        """Below one story its headline need not stand in every row."""
        of_one_story = "story__id__exact" in request.GET
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

    @admin.display(description=_("changed since the revision before"))
    def what_changed(self, revision):
        before = Revision.objects.filter(story=revision.story_id, number=revision.number - 1).first()
        if before is None:
            return "–"
        rows = [
            (_label(name), _difference(_told(name, before.snapshot.get(name)), _told(name, value)))
            for name, value in revision.snapshot.items()
            if value != before.snapshot.get(name)
        ]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)) if rows else "–"

    @admin.display(description=_("as it was"))
    def as_it_was(self, revision):
        rows = [(_label(name), _readable(name, value)) for name, value in revision.snapshot.items()]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _label(name):
    names = {field.name: field.verbose_name for field in Story._meta.get_fields() if hasattr(field, "verbose_name")}
    return names.get(name) or {"credits": _("credits"), "tags": _("tags"), "gallery": _("gallery")}[name]


def _told(name, value):
    """A value of a snapshot in the words of the desk, as a list of words."""
    if name == "body":
        return body.text(value or "").split()
    if isinstance(value, list):
        return [" – ".join(filter(None, row)) if isinstance(row, list) else row for row in value]
    if isinstance(value, bool):
        return [str(_("yes") if value else _("no"))]
    choices = dict(getattr(Story._meta.get_field(name), "flatchoices", None) or [])
    if isinstance(value, str) and (at := parse_datetime(value)):
        return [date_format(timezone.localtime(at), "j M Y, H.i")]
    return str("" if value is None else choices.get(value, value)).split()


def _difference(before, after):
    """The new words, with what went struck out and what came underlined."""
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if kind != "insert" and kind != "equal":
            parts.append(format_html("<del>{}</del>", " ".join(before[a:b])))
        if kind == "equal":
            kept = after[c:d]
            parts.append(" ".join(kept) if len(kept) < 24 else " ".join([*kept[:10], "…", *kept[-10:]]))
        elif d > c:
            parts.append(format_html("<ins>{}</ins>", " ".join(after[c:d])))
    return format_html_join(" ", "{}", ([part] for part in parts))


def _readable(name, value):
    if name == "body":
        return format_html_join("", "<p>{}</p>", ([line] for line in body.text(value).splitlines() if line))
    return (", " if isinstance(value, list) else " ").join(_told(name, value)) or "–"
