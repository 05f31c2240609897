from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import access, body
from articles.models import Revision, Story


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
    search_fields = ["story__headline"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["story", "number", "move", "note", "by", "at", "as_it_was", "previous_hash"]
    readonly_fields = ["as_it_was"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(story__in=access.stories(request.user))

    def get_list_display(self, request):
        """Below one story its headline need not stand in every row."""
        of_one_story = "story__id__exact" in request.GET
        return [column for column in self.list_display if not (of_one_story and column == "story")]

    @admin.display(description=_("as it was"))
    def as_it_was(self, revision):
        rows = [(_label(name), _readable(name, value)) for name, value in revision.snapshot.items()]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _label(name):
    names = {field.name: field.verbose_name for field in Story._meta.get_fields() if hasattr(field, "verbose_name")}
    return names.get(name, _(name))


def _readable(name, value):
    if name == "body":
        return format_html_join("", "<p>{}</p>", ([line] for line in body.text(value).splitlines() if line))
    if isinstance(value, list):
        return ", ".join(" – ".join(filter(None, row)) if isinstance(row, list) else row for row in value) or "–"
    return "–" if value in (None, "") else value
