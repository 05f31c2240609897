from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from articles.models import Address, Story

from .scope import OfEdition


class AddressForm(forms.ModelForm):
    def clean(self):
        """The address of a story cannot redirect elsewhere: readers would never get there."""
        super().clean()
        place = {name: self.cleaned_data.get(name) for name in ("edition", "day", "slug")}
        if all(place.values()) and Story.objects.filter(**place).exists():
            self.add_error("slug", _("A story stands at this address now: choose another."))


@admin.register(Address)
class AddressAdmin(OfEdition, admin.ModelAdmin):
    form = AddressForm
    list_display = ["__str__", "edition", "story"]
    list_select_related = ["edition", "story"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["slug"]
    date_hierarchy = "day"
    autocomplete_fields = ["story", "edition"]
