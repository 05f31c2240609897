from django.contrib import admin

from articles.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["name", "title", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "title"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["portrait", "user"]
    fields = ["name", "slug", "title", "competence", "bio", "portrait", "user"]

    def get_readonly_fields(self, request, person=None):
        """Whose sign-in a person is decides whose stories are their own."""
        return [] if request.user.has_perm("articles.change_membership") else ["user"]

    def get_autocomplete_fields(self, request):
        """Django searches sign-ins only for those who may see the list of them; others get a plain choice."""
        may_search = request.user.has_perm("auth.view_user")
        return self.autocomplete_fields if may_search else ["portrait"]
