from django.contrib import admin

from articles.models import ReadCount

from .reports import Report
from .revision.admin import ReadOnly
from .scope import OfEdition


@admin.register(ReadCount)
class ReadCountAdmin(Report, ReadOnly, OfEdition, admin.ModelAdmin):
    list_display = ["hour", "story", "reads"]
    list_select_related = ["story"]
    list_filter = [("story__edition", admin.RelatedOnlyFieldListFilter)]
    edition_path = "story__edition"
    search_fields = ["story__headline"]
    date_hierarchy = "hour"
    show_full_result_count = False
