"""The form of signing in says how long a try has to wait (articles/sign_in.py)."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


class SignInForm(AdminAuthenticationForm):
    def get_invalid_login_error(self):
        wait = getattr(self.request, "sign_in_wait", 0)
        if not wait:
            return super().get_invalid_login_error()
        told = ngettext(
            "Too many tries. Try again in %(count)s second.", "Too many tries. Try again in %(count)s seconds.", wait
        )
        return ValidationError(told, code="delayed", params={"count": wait})
