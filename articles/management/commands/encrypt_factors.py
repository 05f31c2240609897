"""After FACTOR_KEY has changed: the secrets of second factors are encrypted with the new key."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.sign_in import encrypting

SECRETS = {"secret", "seed"}  # of a TOTP app and of recovery codes; a passkey has none here


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors with the first key of the settings, so that older keys may go."

    def handle(self, **options):
        done, unreadable = 0, []
        for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True):
            try:
                done += _renew(row)
            except encrypting.Unreadable:
                unreadable.append(row)
        self.stdout.write(f"{done} secrets are encrypted with the first key.")
        if unreadable:
            self.stdout.write(f"{len(unreadable)} cannot be read by any key; their owners need `reset_factors`.")


@transaction.atomic
def _renew(pk):
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    names = SECRETS & set(row.data) if row else ()
    for name in names:
        row.data[name] = encrypting.renewed(row.data[name])
    if row:
        row.save(update_fields=["data"])
    return len(names)
