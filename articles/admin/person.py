from django.contrib import admin

from articles import permissions
from articles.models import Person

from .merging import merge
from .scope import Shared
from .slugs import FormerPersonSlugs, SluggedForm


@admin.register(Person)
class PersonAdmin(Shared, admin.ModelAdmin):
    form = SluggedForm
    inlines = [FormerPersonSlugs]
    list_display = ["name", "slug", "title", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "title"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["portrait", "user"]
    fields = ["name", "slug", "title", "competence", "bio", "portrait", "user"]
    actions = [merge]

    def get_list_display(self, request):
        may_see = request.user.has_perm("auth.view_user")
        return self.list_display if may_see else [name for name in self.list_display if name != "user"]

    def get_fields(self, request, person=None):
        """The account decides which stories are a person's own. So only users who may give roles see or change it."""
        may_bind = request.user.has_perm("articles.change_membership")
        is_ours = not (person and person.user) or person.user in permissions.accounts(request.user)
        return [name for name in self.fields if name != "user" or (may_bind and is_ours)]

    def formfield_for_foreignkey(self, field, request, **kwargs):
        if field.name == "user":
            kwargs["queryset"] = permissions.accounts(request.user)
            return admin.ModelAdmin.formfield_for_foreignkey(self, field, request, **kwargs)
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def editions_with(self, person):
        return set(person.positions.values_list("edition", flat=True))

    def get_autocomplete_fields(self, request):
        """Django searches accounts only for users who may list them; others get a plain select."""
        may_search = request.user.has_perm("auth.view_user")
        return self.autocomplete_fields if may_search else ["portrait"]
