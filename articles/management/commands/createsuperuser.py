"""Django's own, which also writes the new account to the audit log."""

from django.contrib.auth.management.commands import createsuperuser

from articles import audit


class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        with audit.accounts_by_command():
            return super().handle(*args, **options)
