from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin

from articles import audit


class AccountAdmin(UserAdmin):
    """Django's account admin. Here the audit log records passwords; the site's rules record other changes."""

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 - Django's name
        account = self.get_object(request, unquote(id)) if request.method == "POST" else None
        with audit.password_of(account, request):
            return super().user_change_password(request, id, form_url)


admin.site.unregister(get_user_model())
admin.site.register(get_user_model(), AccountAdmin)
