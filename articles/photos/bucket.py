"""Photos in an S3 bucket or a compatible service, for hosts that share no disk. MEDIA_STORAGE selects it."""

import contextlib
import io
import time

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from .addresses import FOLDER

MANNERS = Config(
    # A reader waits at most 9 seconds for the neutral picture: twice the longer timeout, and a pause between.
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Some S3-compatible servers refuse the checksums that boto3 adds to every upload by default.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
PAUSE = 5  # seconds without requests after a timeout, because else each picture of a page would wait for the bucket


class Bucket(S3Storage):
    """A private bucket that behaves like a disk: errors are OSError, and originals are never replaced.

    No ACL is sent: objects are private without one, and new buckets refuse ACLs.
    """

    def __init__(self, **options):
        super().__init__(file_overwrite=False, **options)
        self.client_config = self.client_config.merge(MANNERS)
        self.silent_until = 0

    def _open(self, name, mode="rb"):
        """Read the whole file in one request, so that nothing can fail later."""
        if mode != "rb":
            raise io.UnsupportedOperation(mode)
        with self._asked():
            key = self._normalize_name(clean_name(name))
            response = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
            return ContentFile(response["Body"].read(), name)

    def _save(self, name, content):
        with self._asked():
            return super()._save(name, content)

    def exists(self, name):
        with self._asked():
            return super().exists(name)

    def size(self, name):
        with self._asked():
            return super().size(name)

    def delete(self, name):
        with self._asked():
            super().delete(name)

    def get_available_name(self, name, max_length=None):
        """A rendition keeps its name: the name describes its content, so replacing the file changes nothing."""
        return name if name.startswith(FOLDER) else super().get_available_name(name, max_length)

    def url(self, name, **_options):
        """An address without content, as for local files: a signed one would open the original to everybody."""
        return f"/{filepath_to_uri(name)}"

    def address_without_keys(self, name):
        """Where everybody would read the file if the bucket were public: `doctor` tries it."""
        return super().url(name).partition("?")[0]

    @contextlib.contextmanager
    def _asked(self):
        if time.monotonic() < self.silent_until:
            raise OSError(f"The bucket {self.bucket_name} did not answer a moment ago.")
        try:
            yield
        except ClientError as error:
            is_gone = error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
            raise (FileNotFoundError if is_gone else OSError)(str(error)) from error
        except BotoCoreError as error:
            self.silent_until = time.monotonic() + PAUSE
            raise OSError(str(error)) from error
