"""Compares the public site of this newsroom with that of a server: `manage.py compare_site 127.0.0.1:8001`."""

import contextlib
import http.client

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.whole_site import asking, comparing

from . import serve

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Walks through every public address of this newsroom and asks a server the same. Exit code 1 if they differ."

    def add_arguments(self, parser):
        parser.add_argument("server", metavar="HOST:PORT")
        parser.add_argument("--pictures", action="store_true", help="every rendition, not only one of each photo")

    def handle(self, *, server, pictures, **options):
        host, _colon, port = server.rpartition(":")
        if not host or not port.isdigit():
            raise CommandError(_("Write the server as HOST:PORT."))
        serve.collect()
        asked = Asked()
        differing = 0
        try:
            with contextlib.closing(asking.There(int(port), host)) as there:
                for one in comparing.differences(asking.Here(), there, asked, pictures):
                    differing += 1
                    if differing <= MOST_TOLD:
                        self.stderr.write(f"{one.address}: {one.what}")
        except (OSError, http.client.HTTPException) as error:
            raise CommandError(_("The server does not answer: %(reason)s") % {"reason": error}) from error
        told = {"asked": f"{asked.number:,}", "count": f"{differing:,}"}
        if differing:
            raise CommandError(_("Of %(asked)s addresses %(count)s differ.") % told)
        self.stdout.write(self.style.SUCCESS(_("All %(asked)s addresses are answered alike.") % told))


class Asked:
    """How many addresses were asked."""

    number = 0

    def __call__(self, number):
        self.number = number
