from django.contrib import admin

from articles.models import Tag, TaggedStory

from .merging import merge
from .scope import CountsStories, Shared
from .slugs import FormerTagSlugs, SluggedForm


@admin.register(Tag)
class TagAdmin(CountsStories, Shared, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerTagSlugs]
    list_display = ["name", "slug", "story_count"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]
    actions = [merge]

    links, link = TaggedStory, "tag"
