"""Files that were replaced: kept a while, so that nothing is lost by a slip, then dropped."""

import datetime

from django.core.files.storage import default_storage

from articles.models import FormerFile, Photo

KEPT = datetime.timedelta(days=30)


def keep(before, at):
    """Remember the file that the photo `before` had until the moment `at`, and drop what was kept long enough."""
    FormerFile.objects.update_or_create(
        photo_id=before.pk, file=before.file.name, defaults={"hash": before.hash, "replaced_at": at}
    )
    drop(at)


def drop(at):
    """Drop what was replaced more than 30 days ago; a file that is in use again stays."""
    for former in FormerFile.objects.filter(replaced_at__lte=at - KEPT):
        name = former.file.name
        former.delete()
        if not Photo.objects.filter(file=name).exists():
            default_storage.delete(name)


def successor(digest, at):
    """The photo that readers may see in place of a former file with this hash; None if there is none."""
    return Photo.objects.usable(at).filter(former_files__hash=digest).order_by("-former_files__replaced_at").first()
