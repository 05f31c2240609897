from django.contrib import admin

from articles.models import Series, Story

from .merging import merge
from .scope import CountsStories, Shared
from .slugs import FormerSeriesSlugs, SluggedForm


@admin.register(Series)
class SeriesAdmin(CountsStories, Shared, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerSeriesSlugs]
    list_display = ["kicker", "slug", "day_one", "story_count"]
    search_fields = ["kicker"]
    ordering = ["kicker"]
    prepopulated_fields = {"slug": ["kicker"]}
    fields = ["kicker", "slug", "day_one", "introduction"]
    actions = [merge]

    links, link = Story, "series"

    def editions_with(self, series):
        return set(series.stories.values_list("edition", flat=True))
