"""The sign-in form tells how long a try must wait (articles/sign_in.py)."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("The user name or the password is wrong. Small and capital letters are told apart."),
    }

    def get_invalid_login_error(self):
        wait = getattr(self.request, "sign_in_wait", 0)
        if not wait:
            return super().get_invalid_login_error()
        message = ngettext(
            "Too many tries. Try again in %(count)s second.", "Too many tries. Try again in %(count)s seconds.", wait
        )
        return ValidationError(message, code="delayed", params={"count": wait})
