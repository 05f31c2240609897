from django.contrib import admin
from django.db.models import Count
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.models import Tag, TaggedStory

from ..merging import merge
from ..scope import Shared
from ..slugs import FormerTagSlugs, SluggedForm
from . import finding


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

    def get_urls(self):
        find, make = self.admin_site.admin_view(self.find_view), self.admin_site.admin_view(self.make_view)
        own = [path("find/", find, name="articles_tag_find"), path("make/", make, name="articles_tag_make")]
        return own + super().get_urls()

    def find_view(self, request):
        return finding.find(self, request)

    def make_view(self, request):
        return finding.make(self, request)

    def beside(self, rows):
        """How many stories each tag of a page of the list has."""
        links = TaggedStory.objects.filter(tag__in=[row.pk for row in rows]).order_by()
        counts = dict(links.values_list("tag").annotate(Count("pk")))
        for row in rows:
            row.story_count = counts.get(row.pk, 0)

    @admin.display(description=_("stories"))
    def story_count(self, tag):
        return tag.story_count
