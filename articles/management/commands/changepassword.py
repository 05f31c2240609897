"""Django's own, which also writes to the audit log that a password was set."""

from django.contrib.auth.management.commands import changepassword

from articles import audit


class Command(changepassword.Command):
    def handle(self, *args, **options):
        with audit.accounts_by_command():
            return super().handle(*args, **options)
