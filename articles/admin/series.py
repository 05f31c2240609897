from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.models import Series

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

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(story_count=Count("stories"))

    def editions_with(self, series):
        return set(series.stories.values_list("edition", flat=True))

    @admin.display(description=_("stories"), ordering="story_count")
    def story_count(self, series):
        return series.story_count
