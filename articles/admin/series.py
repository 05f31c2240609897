from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.models import Series, Story

from .merging import merge
from .scope import Shared
from .slugs import FormerSeriesSlugs, SluggedForm


@admin.register(Series)
class SeriesAdmin(Shared, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerSeriesSlugs]
    list_display = ["kicker", "slug", "day_one", "story_count"]
    search_fields = ["kicker"]
    ordering = ["kicker"]
    prepopulated_fields = {"slug": ["kicker"]}
    fields = ["kicker", "slug", "day_one", "introduction"]
    actions = [merge]

    def beside(self, rows):
        """How many stories each series of a page of the list has."""
        links = Story.objects.filter(series__in=[row.pk for row in rows]).order_by()
        counts = dict(links.values_list("series").annotate(Count("pk")))
        for row in rows:
            row.story_count = counts.get(row.pk, 0)

    def editions_with(self, series):
        return set(series.stories.values_list("edition", flat=True))

    @admin.display(description=_("stories"))
    def story_count(self, series):
        return series.story_count
