"""The forms that ask for a password. They tell how long a try must wait (articles/sign_in/)."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
        password = self.cleaned_data["password"]
        user = authenticate(self.request, username=self.request.user.get_username(), password=password)
        if user is None or user.pk != self.request.user.pk:
            wait = getattr(self.request, "sign_in_wait", 0)
            raise told(wait) if wait else ValidationError(_("The password is wrong."))
        return password
