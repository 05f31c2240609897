from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Series, Story

from .merging import merge
from .scope import CountsStories, Shared
from .slugs import FormerSeriesSlugs, SluggedForm


class SeriesForm(SluggedForm):
    class Meta:
        help_texts = {"coverage_ends_at": _("Until then readers see the label “Live”; without an end, for a day.")}

    def clean(self):
        """What happened so far is dated by the newsroom's clock, whenever its text changes."""
        super().clean()
        if "so_far" in self.changed_data:
            self.instance.so_far_at = timezone.now() if self.cleaned_data.get("so_far") else None


@admin.register(Series)
class SeriesAdmin(CountsStories, Shared, admin.ModelAdmin):
    form = SeriesForm
    inlines = [FormerSeriesSlugs]
    list_display = ["kicker", "slug", "day_one", "story_count"]
    search_fields = ["kicker"]
    ordering = ["kicker"]
    prepopulated_fields = {"slug": ["kicker"]}
    fields = ["kicker", "slug", "day_one", "introduction", "so_far", "coverage_starts_at", "coverage_ends_at"]
    actions = [merge]

    links, link = Story, "series"

    def editions_with(self, series):
        return set(series.stories.values_list("edition", flat=True))
