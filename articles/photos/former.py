"""Replaced files are kept for some days, so that a mistake loses nothing, and then deleted."""

import datetime

from django.core.files.storage import default_storage

from articles.models import FormerFile, Photo

KEPT = datetime.timedelta(days=30)


def keep(before, at):
    """Record the file that the photo `before` had until the time `at`, and delete files whose time is over."""
    FormerFile.objects.update_or_create(
        photo_id=before.pk, file=before.file.name, defaults={"hash": before.hash, "replaced_at": at}
    )
    drop(at)


def drop(at):
    """Delete files that were replaced more than 30 days ago, except those that are in use again."""
    for former in FormerFile.objects.filter(replaced_at__lte=at - KEPT):
        name = former.file.name
        former.delete()
        if not Photo.objects.filter(file=name).exists():
            default_storage.delete(name)


def successor(digest, at):
    """The photo that replaced a former file with this hash, if readers may see it; else None."""
    return Photo.objects.usable(at).filter(former_files__hash=digest).order_by("-former_files__replaced_at").first()
