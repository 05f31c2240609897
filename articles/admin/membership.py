from django.contrib import admin

from articles.models import Membership


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "edition", "section"]
    list_select_related = ["user", "edition", "section"]
    list_filter = ["role", "edition"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user", "edition", "section"]
    fields = ["user", "role", "edition", "section"]

    def get_autocomplete_fields(self, request):
        """As in PersonAdmin: a plain choice of sign-ins for those who may not see the list of them."""
        may_search = request.user.has_perm("auth.view_user")
        return self.autocomplete_fields if may_search else ["edition", "section"]
