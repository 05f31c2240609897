"""Make the renditions before readers ask for them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import photos


class Command(BaseCommand):
    help = "Make every rendition of the photos that readers are shown. Can be stopped and run again."

    def handle(self, **options):
        shown = photos.shown(timezone.now()).order_by("pk")
        count, made, broken = shown.count(), 0, 0
        for number, photo in enumerate(shown.iterator(), 1):
            try:
                for rendition in {photos.rendition(photo, *form) for form in photos.forms()}:
                    if not photos.fetch(photo, rendition).is_stored:
                        raise CommandError(_("The storage of photos takes no files: see the log."))
                    made += 1
            except OSError as error:
                broken += 1
                self.stderr.write(f"{photo.title} ({photo.file.name}): {error}")
            if options["verbosity"]:
                self.stdout.write(f"\r{number} of {count} photos", ending="")
                self.stdout.flush()
        self.stdout.write(f"\n{made} renditions are there; {broken} photos have no usable original.")
