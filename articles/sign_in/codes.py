"""The forms for codes of a second factor: settings.MFA_FORMS.

Wrong codes are delayed as wrong passwords are, by account and address and by account. A code that was taken is not
taken again, by no worker: allauth remembers that in the memory of one process alone.
"""

import datetime
import logging

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..limits import Limit, address
from .encrypting import Unreadable, decrypt, encrypt
from .waiting import told

log = logging.getLogger(__name__)
PAIRS = Limit("code", free=5)
ACCOUNTS = Limit("code of account", free=50, longest=900)  # whoever has the password may come from many addresses
USED = Limit("code used", free=1, forgotten_after=datetime.timedelta(minutes=5))


class Limited:
    """Mixin for a form with a field `code` and an attribute `user`."""

    def clean_code(self):
        where = address(context.request)
        if wait := ACCOUNTS.wait(self.user.pk) or PAIRS.take(self.user.pk, where) or ACCOUNTS.take(self.user.pk):
            context.request.sign_in_wait = wait
            raise told(wait)
        try:
            code = super().clean_code()
        except Unreadable:
            log.error("The second factor of account %s cannot be read: FACTOR_KEY has changed.", self.user.pk)
            message = _("Your second factor cannot be read any more. Ask your chief editor to reset it.")
            raise ValidationError(message) from None
        if not USED.is_first(self.user.pk, "".join(code.split())):
            raise get_adapter().validation_error("incorrect_code")
        PAIRS.clear(self.user.pk, where)
        ACCOUNTS.clear(self.user.pk)
        return code


class CodeForm(Limited, AuthenticateForm):
    pass


class CodeAgainForm(Limited, ReauthenticateForm):
    pass


class FirstCodeForm(Limited, ActivateTOTPForm):
    """The secret of an app that is about to be added waits in the session, a row of the database: encrypted."""

    def __init__(self, *args, **kwargs):
        session = context.request.session
        if SECRET_SESSION_KEY in session:
            session[SECRET_SESSION_KEY] = decrypt(session[SECRET_SESSION_KEY])
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
