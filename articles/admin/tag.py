from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.models import Tag, TaggedStory

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

    def beside(self, rows):
        """How many stories each tag of a page of the list has."""
        links = TaggedStory.objects.filter(tag__in=[row.pk for row in rows]).order_by()
        counts = dict(links.values_list("tag").annotate(Count("pk")))
        for row in rows:
            row.story_count = counts.get(row.pk, 0)

    @admin.display(description=_("stories"))
    def story_count(self, tag):
        return tag.story_count
