from django.contrib import admin

from articles.desk.bounded import SEARCHED
from articles.models import Correction

from .revision.admin import ReadOnly, of_reachable_story


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, admin.ModelAdmin):
    """Corrections and withdrawals. A transition of the story makes each, and nobody changes it."""

    list_display = ["at", "kind", "story", "text", "by"]
    list_select_related = ["story", "by"]
    list_filter = ["kind", ("story__edition", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["story__headline", "text"]
    search_help_text = SEARCHED
    searched_at_once = 5_000
    date_hierarchy = "at"
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(of_reachable_story(request.user))
