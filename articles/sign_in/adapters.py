"""How django-allauth behaves here: settings.ACCOUNT_ADAPTER and MFA_ADAPTER.

Of allauth the desk uses second factors, their step while signing in, and asking again. Nobody signs up, no address is
verified by mail, and no other site signs anybody in.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from . import encrypting


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_reauthentication_methods(self, user):
        """One page asks for what the account has: desk/account/asking.py."""
        return [{"id": "again", "description": "", "url": reverse("account_reauthenticate")}]

    def get_login_redirect_url(self, request):
        return reverse("admin:index")

    def is_safe_url(self, url):
        """Only addresses of the host that was asked; allauth would take those of every edition."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Our pages show what was done."""

    def send_notification_mail(self, *args, **kwargs):
        """The audit log tells; mail goes by articles/publishing/told/."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code or passkey is not right, or was used already. Try a new one."),
        "cannot_generate_recovery_codes": gettext_lazy("Recovery codes come with a second factor: add one first."),
    }

    def encrypt(self, text):
        return encrypting.encrypt(text)

    def decrypt(self, encrypted_text):
        return encrypting.decrypt(encrypted_text)

    def get_totp_label(self, user):
        return user.get_username()

    def get_totp_issuer(self):
        with override(None):
            return f"{_('News desk')} {self._host()}"

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the one host of the desk, whatever host is asked."""
        return {"id": self._host(), "name": self._host()}

    def get_public_key_credential_user_entity(self, user):
        name = user.get_username()
        return {**super().get_public_key_credential_user_entity(user), "name": name, "display_name": name}

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth's name
        return _("My device")

    def _host(self):
        return (settings.DESK_HOST or context.request.get_host()).partition(":")[0]
