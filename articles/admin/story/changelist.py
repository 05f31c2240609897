"""The list of stories: its rows and filters."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Credit
from articles.models.story import Standing

from .days import ByDays
from .lists.figures import FIGURES


class StoryList(ByDays, ChangeList):
    """Reads the data of all columns in three queries, whatever the number of rows."""

    def apply_select_related(self, stories):
        return stories.for_desk().prefetch_related(Prefetch("credits", Credit.objects.select_related("person")))

    def figures(self, name):
        """{story: figure} of a column that was added, for all rows of this page."""
        known = self.__dict__.setdefault("known_figures", {})
        if name not in known:
            known[name] = FIGURES[name]([story.pk for story in self.result_list])
        return known[name]


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, stories):
        if self.value() not in Standing.values:
            return stories
        return stories.standing(Standing(self.value()), timezone.now())
