"""What `backup`, `restore` and `restore_drill` share: where backups lie, and by which key."""

import os

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from articles import folders
from articles.backup.copies import Copies

KEY = "BACKUP_KEY"  # of the environment, since whoever is on the machine reads command lines


def add_place(parser):
    parser.add_argument("place", metavar="DIR|s3://bucket/folder")
    parser.add_argument("--plain", action="store_true", help="files that are not encrypted")


def copies(place, is_plain):
    """The backups at a place. Raises CommandError, Refusal and OSError."""
    passphrase = "" if is_plain else os.environ.get(KEY, "")
    if not passphrase and not is_plain:
        raise CommandError(_("Set BACKUP_KEY, the passphrase of the backups, or say --plain."))
    try:
        return Copies(folders.at(place), passphrase)
    except ValueError as error:
        raise CommandError(_("This is no place for backups: write DIR or %(form)s") % {"form": error}) from error
