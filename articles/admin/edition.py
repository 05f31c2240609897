from admin_ordering.admin import OrderableAdmin
from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.models import Edition, FollowLink, Network, Owner, Policy, Position
from articles.models.edition import Covers
from articles.text import embeds

from .editor import PolicyTextWidget
from .scope import OfEdition, OfferedChoices
from .slugs import SluggedForm


@admin.register(Owner)
class OwnerAdmin(admin.ModelAdmin):
    form = SluggedForm
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Network)
class NetworkAdmin(admin.ModelAdmin):
    form = SluggedForm
    list_display = ["name", "owner"]
    list_select_related = ["owner"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["owner"]


class FollowLinkInline(OrderableAdmin, admin.TabularInline):
    model = FollowLink
    ordering_field = "order"


class PositionInline(OrderableAdmin, admin.TabularInline):
    model = Position
    ordering_field = "order"
    autocomplete_fields = ["person"]
    extra = 0


class TicksField(forms.MultipleChoiceField):
    """Ticks for words that are stored as one text, with spaces between them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_length=None, empty_value="", **kwargs):
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return " ".join(super().clean([word for word in value or [] if word]))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or ""), data)


def ticks(choices):
    """The options of a form field of such words, for `formfield_for_dbfield`."""
    return {"form_class": TicksField, "widget": forms.CheckboxSelectMultiple, "choices": choices}


class PolicyEditing:
    """A policy is edited in the same editor everywhere."""

    form = SluggedForm
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "text", "covers", "dated_on", "version", "order"]

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "text":
            kwargs["widget"] = PolicyTextWidget
        if field.name == "covers":
            kwargs |= ticks(Covers.choices)
        return super().formfield_for_dbfield(field, request, **kwargs)


class PolicyInline(PolicyEditing, admin.StackedInline):
    model = Policy
    extra = 0
    classes = ["collapse"]


@admin.register(Edition)
class EditionAdmin(OfferedChoices, admin.ModelAdmin):
    form = SluggedForm
    list_display = ["name", "host", "time_zone", "language", "network", "is_default"]
    list_select_related = ["network"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["network", "responsible", "logo"]
    inlines = [PositionInline, FollowLinkInline, PolicyInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "tagline", "network", "host", "is_default", "language", "time_zone"]}),
        (_("Masthead"), {"fields": ["company", "registration", "address", "email", "phone", "responsible"]}),
        (_("Logo and colours"), {"fields": ["logo", "accent", "accent_dark"]}),
        (_("Signing in"), {"fields": ["idle_minutes"]}),
        (_("Films and posts elsewhere"), {"fields": ["embed_providers"]}),
        (_("Programs that gather texts for AI"), {"fields": ["ai_use", "tdm_policy"]}),
    ]

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "embed_providers":
            kwargs |= ticks(embeds.HELD.items())
        return super().formfield_for_dbfield(field, request, **kwargs)

    def get_queryset(self, request):
        return permissions.of_editions(request.user, super().get_queryset(request), "edition", "pk")

    def has_change_permission(self, request, edition=None):
        may = super().has_change_permission(request, edition)
        return may and (edition is None or permissions.allows(request.user, "change", "edition", edition.pk))

    def get_readonly_fields(self, request, edition=None):
        """Only superusers change the address, network and default of an edition."""
        return [] if request.user.is_superuser else ["network", "slug", "host", "is_default"]

    def get_prepopulated_fields(self, request, edition=None):
        return self.prepopulated_fields if request.user.is_superuser else {}

    def view_on_site(self, edition):
        return edition.absolute("/")


@admin.register(Policy)
class PolicyAdmin(PolicyEditing, OfEdition, admin.ModelAdmin):
    list_display = ["title", "edition", "version", "dated_on"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["edition"]
    search_fields = ["title"]
    autocomplete_fields = ["edition"]
    fields = ["edition", *PolicyEditing.fields]

    def view_on_site(self, policy):
        return policy.edition.absolute(policy.get_absolute_url())
