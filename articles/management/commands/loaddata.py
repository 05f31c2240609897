"""Django's loaddata for a newsroom: all or nothing, with the pictures, and with errors that name the row."""

import hashlib
import pathlib

from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import database, photos, publishing
from articles.models import Photo, Revision, Story, WaitingChange
from articles.text import body


class Command(loaddata.Command):
    def handle(self, *labels, **options):
        self.photo_files = {}
        try:
            super().handle(*labels, **options)
        except (DeserializationError, ValueError) as error:
            raise CommandError(_("Nothing was loaded. %(reason)s") % {"reason": error}) from error
        for name, path in self.photo_files.items():
            photos.put(name, path)

    def loaddata(self, labels):
        """Runs inside the one transaction, so an error rolls everything back."""
        self.loaded_stories, self.loaded_photos, self.loaded_snapshots = [], [], []
        super().loaddata(labels)
        self.check_bodies()
        publishing.keep_keys(self.loaded_snapshots)
        self.find_photo_files(
            {pathlib.Path(folder) for label in labels for _path, folder, _name in self.find_fixtures(label) if folder}
        )

    def save_obj(self, obj):
        try:
            with transaction.atomic(using=self.using):
                saved = super().save_obj(obj)
        except (IntegrityError, ValueError) as error:
            raise CommandError(
                _("Nothing was loaded. %(reason)s") % {"reason": database.refusal(obj.object, error)}
            ) from error
        if isinstance(obj.object, Story):
            self.loaded_stories.append(obj.object)
        elif isinstance(obj.object, Photo):
            self.loaded_photos.append(obj.object)
        elif isinstance(obj.object, Revision):
            self.loaded_snapshots.append(obj.object.snapshot)
        elif isinstance(obj.object, WaitingChange):
            edition = {"edition": obj.object.story.edition.slug}
            self.loaded_snapshots += [{**edition, **part} for part in (obj.object.changes, obj.object.base)]
        return saved

    def check_bodies(self):
        """Check that every story and photo that a body refers to exists."""
        known = {
            "stories": {str(uid) for uid in Story.objects.using(self.using).values_list("uid", flat=True)},
            "photos": {str(uid) for uid in Photo.objects.using(self.using).values_list("uid", flat=True)},
        }
        for story in self.loaded_stories:
            for kind, uids in body.references(body.clean(story.body))._asdict().items():
                for uid in set(uids) - known[kind]:
                    params = {"story": story.headline, "uid": uid}
                    raise CommandError(_("The body of “%(story)s” refers to %(uid)s, which is not there.") % params)

    def find_photo_files(self, folders):
        """Map files of photos/ beside the fixture to names in the storage. Raises CommandError for a wrong hash."""
        for photo in self.loaded_photos:
            basename = pathlib.PurePosixPath(photo.file.name).name
            path = next((p for folder in folders if (p := folder / "photos" / basename).is_file()), None)
            if path is None:
                if not default_storage.exists(photo.file.name):
                    self.stderr.write(
                        _("No file for the photo “%(photo)s”: %(name)s") % {"photo": photo, "name": basename}
                    )
                continue
            if hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest() != photo.hash:
                raise CommandError(_("The photo “%(photo)s” has another hash than its file.") % {"photo": photo})
            self.photo_files[photo.file.name] = path
