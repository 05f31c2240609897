from django.contrib import admin
from django.urls import path

from articles.models import Tag, TaggedStory

from ..merging import merge
from ..scope import CountsStories, Shared
from ..slugs import FormerTagSlugs, SluggedForm
from . import finding


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

    def get_urls(self):
        find, make = self.admin_site.admin_view(self.find_view), self.admin_site.admin_view(self.make_view)
        own = [path("find/", find, name="articles_tag_find"), path("make/", make, name="articles_tag_make")]
        return own + super().get_urls()

    def find_view(self, request):
        return finding.find(self, request)

    def make_view(self, request):
        return finding.make(self, request)
