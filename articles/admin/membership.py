from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.models import Membership

from .scope import OfEdition


class MembershipForm(forms.ModelForm):
    def clean(self):
        super().clean()
        section, edition = self.cleaned_data.get("section"), self.cleaned_data.get("edition")
        if section and section.edition != edition:
            self.add_error("section", _("Choose a section of this edition."))


@admin.register(Membership)
class MembershipAdmin(OfEdition, admin.ModelAdmin):
    """A chief editor gives and takes the roles of their own edition."""

    form = MembershipForm
    list_display = ["user", "role", "edition", "section"]
    list_select_related = ["user", "edition", "section"]
    list_filter = ["role", ("edition", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user", "edition", "section"]
    fields = ["user", "role", "edition", "section"]

    def get_autocomplete_fields(self, request):
        """As in PersonAdmin: a plain select of accounts for users who may not list them."""
        may_search = request.user.has_perm("auth.view_user")
        return self.autocomplete_fields if may_search else ["edition", "section"]

    def get_form(self, request, membership=None, **kwargs):
        """Only a user who may do this in every edition gives a role in all editions."""
        form = super().get_form(request, membership, **kwargs)
        if "edition" in form.base_fields:
            form.base_fields["edition"].required = not permissions.allows(request.user, "change", "membership", None)
        return form

    def formfield_for_foreignkey(self, field, request, **kwargs):
        if field.name == "user" and not request.user.is_superuser:
            kwargs["queryset"] = permissions.accounts(request.user)
            return admin.ModelAdmin.formfield_for_foreignkey(self, field, request, **kwargs)
        return super().formfield_for_foreignkey(field, request, **kwargs)
