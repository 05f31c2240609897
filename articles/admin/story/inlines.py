"""Ordered rows below a story: credits, tags, gallery."""

from admin_ordering.admin import OrderableAdmin
from django import forms
from django.contrib import admin

from articles import permissions
from articles.database.compiled import rows_of
from articles.desk.rows import Rows
from articles.models import Credit, Story, StoryPhoto, TaggedStory
from articles.models.person import Role
from articles.models.story_queryset import RECORDED

from ..scope import OfferedChoices, asked_once
from . import captions

_STORED = {name: rows_of(Story, name, rows) for name, rows in RECORDED.items()}


class StoredRows(Rows):
    """The rows of a story as they are stored, read by SQL that is written once."""

    def get_queryset(self):
        if hasattr(self, "_queryset"):
            return self._queryset
        if self.instance.pk and not self.queryset.query.is_empty():
            self._queryset = _STORED[self.get_default_prefix()](key=self.instance.pk)
        return super().get_queryset()


class Ordered(OfferedChoices, OrderableAdmin, admin.TabularInline):
    """A user who may change the story may change its rows. A photo editor may change the photos only."""

    formset = StoredRows
    template = "admin/articles/story/form/_rows.html"
    ordering_field = "order"
    extra = 0
    is_picture = False

    def has_add_permission(self, request, story):
        return super().has_add_permission(request, story) and self._is_theirs(request, story)

    def has_change_permission(self, request, story=None):
        return super().has_change_permission(request, story) and self._is_theirs(request, story)

    def has_delete_permission(self, request, story=None):
        return super().has_delete_permission(request, story) and self._is_theirs(request, story)

    def _is_theirs(self, request, story):
        return self.is_picture or story is None or not asked_once(request, permissions.may_only_illustrate, story)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.many_to_one:
            return self.chooser(field, request, may_add=True, **kwargs)
        return super().formfield_for_dbfield(field, request, **kwargs)


class Part(forms.ModelForm):
    """A new row counts as typed as soon as one of `telling` is filled in: an empty one is no fault, whatever its role.

    So the signed-in writer, who stands in the first row of a new story, is stored without being typed again.
    """

    telling = []

    def has_changed(self):
        if not self.instance._state.adding:
            return super().has_changed()
        cells = [self[name] for name in self.telling if name in self.fields]
        return any(cell.data not in cell.field.empty_values for cell in cells)


class CreditRow(Part):
    telling = ["person"]


class TagRow(Part):
    telling = ["tag"]


class CreditInline(Ordered):
    form = CreditRow
    model = Credit
    fields = ["role", "person", "order"]
    autocomplete_fields = ["person"]

    @staticmethod
    def first_rows(user):
        """A new story starts with rows for the two required roles; who writes it stands in as its author."""
        person = getattr(user, "person", None)
        return [{"role": Role.AUTHOR, "person": person and person.pk}, {"role": Role.EDITOR}]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.pk else len(self.first_rows(request.user))


class TagInline(Ordered):
    form = TagRow
    model = TaggedStory
    fields = ["tag", "order"]
    autocomplete_fields = ["tag"]


class GalleryRow(Part):
    telling = ["photo", "caption"]

    def clean(self):
        super().clean()
        if captions.is_left_over(self, "photo", "caption"):
            self.add_error("caption", captions.LEFT_OVER)


class GalleryInline(Ordered):
    form = GalleryRow
    model = StoryPhoto
    is_picture = True
    fields = ["photo", "caption", "order"]
    autocomplete_fields = ["photo"]

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "caption":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2})
        return super().formfield_for_dbfield(field, request, **kwargs)
