"""For whoever runs the server: somebody has lost their device, and nobody else at the desk can help."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.sign_in import factors


class Command(BaseCommand):
    help = "Take away all second factors of an account and end its sessions; the audit log tells of it."

    def add_arguments(self, parser):
        parser.add_argument("user", help="the user name of the account")

    def handle(self, user, **options):
        account = get_user_model().objects.filter(username=user).first()
        if account is None:
            raise CommandError(f"No account has the user name {user}.")
        count = factors.reset(account, by=None)
        self.stdout.write(f"{user}: {count} factors taken away, all sessions ended. They sign in by password again.")
