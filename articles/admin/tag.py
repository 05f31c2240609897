from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.models import Tag

from .merging import merge
from .scope import Shared
from .slugs import FormerTagSlugs, SluggedForm


@admin.register(Tag)
class TagAdmin(Shared, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerTagSlugs]
    list_display = ["name", "slug", "story_count"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]
    actions = [merge]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(story_count=Count("links"))

    @admin.display(description=_("stories"), ordering="story_count")
    def story_count(self, tag):
        return tag.story_count
