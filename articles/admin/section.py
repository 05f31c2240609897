from admin_ordering.admin import OrderableAdmin
from django.contrib import admin

from articles.desk.values import is_id
from articles.models import Section

from .scope import OfEdition
from .slugs import FormerSectionSlugs, SluggedForm


@admin.register(Section)
class SectionAdmin(OfEdition, OrderableAdmin, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerSectionSlugs]
    ordering_field = "order"
    list_display = ["name", "parent", "edition", "order"]
    list_editable = ["order"]
    list_select_related = ["edition", "parent"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    ordering = ["edition__name", "order", "pk"]
    search_fields = ["name", "edition__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["edition", "parent"]
    fields = ["edition", "parent", "name", "slug", "description", "order", "is_provisional"]

    def get_search_results(self, request, sections, words):
        """The story's form asks only for sections of its own edition (static/desk/desk.js)."""
        sections, may_repeat = super().get_search_results(request, sections, words)
        edition = request.GET.get("of_edition", "")
        return (sections.filter(edition=edition) if is_id(edition) else sections), may_repeat

    def view_on_site(self, section):
        return section.edition.absolute(section.get_absolute_url())
