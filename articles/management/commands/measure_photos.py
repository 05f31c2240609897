"""Measure size and perceptual hash of photos again from their files, after an update that changed the method."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import photos
from articles.models import Photo


class Command(BaseCommand):
    help = "Measure the original of every photo anew: size, and how it looks. Can be stopped and run again."

    def handle(self, **options):
        count, broken = 0, 0
        for photo in Photo.objects.order_by("pk").iterator():
            try:
                before = photo.width, photo.height, photo.looks, photo.file_size
                photos.measure(photo)
            except OSError as error:
                broken += 1
                self.stderr.write(f"{photo.title} ({photo.file.name}): {error}")
                continue
            count += 1
            if before != (photo.width, photo.height, photo.looks, photo.file_size):
                Photo.objects.filter(pk=photo.pk).update(
                    width=photo.width, height=photo.height, looks=photo.looks, file_size=photo.file_size
                )
        summary = _("%(count)s photos are measured; %(broken)s have no usable original.")
        self.stdout.write(summary % {"count": count, "broken": broken})
        self.list_unnamed(photos.unnamed())

    def list_unnamed(self, names):
        """List originals without a row, maybe left by a killed process. They stay: a photo may be arriving just now."""
        for name in names:
            self.stderr.write(name)
        if names:
            line = ngettext(
                "%(count)s original belongs to no photo, and may be removed.",
                "%(count)s originals belong to no photo, and may be removed.",
                len(names),
            )
            self.stdout.write(line % {"count": len(names)})
