from django.contrib import admin

from articles.models import Address

from .scope import OfEdition


@admin.register(Address)
class AddressAdmin(OfEdition, admin.ModelAdmin):
    list_display = ["__str__", "edition", "story"]
    list_select_related = ["edition", "story"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["slug"]
    date_hierarchy = "day"
    autocomplete_fields = ["story", "edition"]
