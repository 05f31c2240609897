"""A newsroom to try: database, stories, accounts and a server, in one command."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from articles.management import demo_day, demo_plans
from articles.models import Edition, Membership, Person, Story
from articles.models.membership import DeskRole

MARK = "newsroom_demo"  # a table in a database that this command created
ADMIN = "admin"
PEOPLE = {  # whose names stand below what an account writes
    "reporter": "nina-yuniar", "editor": "ismail-dunggio", "photo": "meylan-abdjul", "chief": "arman-tolinggi",
}  # fmt: skip


class Command(BaseCommand):
    help = "Make a newsroom to try, with stories and one sign-in for each role, and serve it."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, but do not serve")

    def handle(self, port, no_serve, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "The demo makes sign-ins with a password that it prints, a superuser among them, so it does nothing "
                "under PRODUCTION. Unset that to try it; `manage.py createsuperuser` makes a sign-in."
            )
        settings.PUBLIC_PORT, settings.DESK_HOST = port, settings.DESK_HOST or "localhost"
        claim()
        self.step("Database", lambda: call_command("migrate", verbosity=0, interactive=False))
        is_new = not Story.objects.exists()
        if is_new:
            self.step("Stories", load)
        else:
            self.stdout.write("  Stories      as you left them")
            self.step("Read counts", lambda: demo_day.move_reads(timezone.now()))
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        made = make_accounts(password, renew="DEMO_PASSWORD" in os.environ)
        if is_new:
            self.step("Agenda", work)
        self.step("Static files", lambda: call_command("collectstatic", verbosity=0, interactive=False))
        self.show_addresses(port, made, password)
        if not no_serve:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def step(self, name, work):
        self.stdout.write(f"  {name:12} …", ending="")
        self.stdout.flush()
        start = timezone.now()
        work()
        self.stdout.write(f" {(timezone.now() - start).total_seconds():.1f} s")

    def show_addresses(self, port, made, password):
        self.stdout.write("")
        for edition in Edition.objects.order_by("-is_default", "name"):
            also = f"   also http://localhost:{port}/" if edition.is_default else ""
            self.stdout.write(f"  {edition.name:22} {edition.absolute('/')}{also}")
        self.stdout.write(f"  {'The desk':22} http://localhost:{port}/admin/")
        who = ", ".join([*DeskRole.values, ADMIN])
        unchanged = "the passwords are as they were (set DEMO_PASSWORD to change them)"
        self.stdout.write(f"  Sign in as {who}: {f'password {password}' if made else unchanged}\n")


def claim():
    """Mark an empty database as the demo's. Raises CommandError if it has other contents."""
    tables = connection.introspection.table_names()
    if MARK in tables:
        return
    if tables:
        name = connection.settings_dict["NAME"]
        raise CommandError(
            f"The database {name} was not made by this command, so it stays untouched.\n"
            "Set DATABASE_URL or VAR to somewhere empty to try the demo there."
        )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (id integer)")


@transaction.atomic
def load():
    """Load the fixture and move its dates to today (demo_day.py). A later run does not move them again."""
    call_command("loaddata", "newsroom", verbosity=0)
    demo_day.move(timezone.now())


@transaction.atomic
def work():
    now, users = timezone.now(), get_user_model().objects
    people = {role: users.get(username=role) for role in DeskRole.values}
    demo_day.work(now, reporter=people[DeskRole.REPORTER], chief=people[DeskRole.CHIEF])
    demo_plans.plan(now, people)


@transaction.atomic
def make_accounts(password, renew):
    """One account for each role, and a superuser. True if a password was set; `renew` sets all of them."""
    edition, was_set = Edition.objects.filter(is_default=True).first(), False
    for name in [*DeskRole.values, ADMIN]:
        is_admin = name == ADMIN
        user, is_new = get_user_model().objects.get_or_create(
            username=name, defaults={"is_staff": True, "is_superuser": is_admin, "email": f"{name}@example.com"}
        )
        if is_new or renew:
            user.set_password(password)
            user.save()
            was_set = True
        if not is_admin:
            Membership.objects.get_or_create(user=user, edition=edition, section=None, role=name)
        if is_new:
            Person.objects.filter(slug=PEOPLE.get(name), user=None).update(user=user)
    return was_set
