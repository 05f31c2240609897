"""The forms that ask for a password. They tell how long a try must wait (articles/sign_in/)."""

from allauth.core import context
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import sign_in
from articles.sign_in.waiting import told


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": gettext_lazy(
            "The user name or the password is wrong. Small and capital letters are told apart."
        ),
    }

    def get_invalid_login_error(self):
        wait = getattr(self.request, "sign_in_wait", 0)
        return told(wait) if wait else super().get_invalid_login_error()


class PasswordAgainForm(forms.Form):
    """Asks somebody who is signed in for their password; a wrong one counts as one while signing in."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request

    def clean_password(self):
        return _checked(self.request, self.request.user, self.cleaned_data["password"])


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password of one's own. Whoever finds an open desk does not guess the old one here either."""

    def clean_old_password(self):
        password = _checked(context.request, self.user, self.cleaned_data["old_password"])
        sign_in.forget_tries(context.request, self.user)
        return password


def _checked(request, user, password):
    """The password, if it is theirs. A wrong one counts as one while signing in."""
    found = authenticate(request, username=user.get_username(), password=password)
    if found is None or found.pk != user.pk:
        wait = getattr(request, "sign_in_wait", 0)
        raise told(wait) if wait else ValidationError(_("The password is wrong."))
    return password
