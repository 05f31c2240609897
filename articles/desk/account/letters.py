"""Mail about accounts: an invitation, and a word to somebody whose second factors were taken away."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.utils import translation
from django.utils.translation import gettext as _

from articles.models import DeskPreference
from articles.sign_in import encrypting


@task
def send(address, subject, text):
    """`text` is encrypted, because a link stands in it that must be read in no table."""
    EmailMessage(subject, encrypting.decrypt(text), settings.MAIL_FROM, [address]).send()


def invite(row, link):
    """Send the link to the address of the invitation; whether there is a server that takes mail."""
    if not settings.MAIL_IS_ON:
        return False
    words = {"name": row.name, "by": row.made_by.get_full_name() or row.made_by.get_username(), "link": link}
    text = _(
        "Hello %(name)s,\n\n%(by)s invites you to the desk of the newsroom. Make your account here, within three days; "
        "the link works once:\n\n%(link)s\n\nIf you do not know of this, do nothing."
    )
    send.enqueue(row.email, _("Your invitation to the newsroom"), encrypting.encrypt(text % words))
    return True


def tell_reset(account, by):
    """Somebody else took their factors away: they must hear of it even if they did not ask."""
    if not (settings.MAIL_IS_ON and account.email):
        return
    row = DeskPreference.objects.filter(user=account).first()
    with translation.override(row.language if row else settings.LANGUAGE_CODE):
        text = _(
            "%(by)s has taken away your second factors and ended your sessions, as one does for a lost device. "
            "If you did not ask for it, tell your chief editor at once."
        )
        name = by.get_full_name() or by.get_username()
        send.enqueue(account.email, _("Your second factors were reset"), encrypting.encrypt(text % {"by": name}))
