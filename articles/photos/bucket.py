"""Photos in a bucket of S3, or of what speaks like it: for hosts that share no disk. Chosen by MEDIA_STORAGE."""

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
    # A reader waits some 9 seconds at most for the neutral picture: twice the longer of these, and a moment between.
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Servers that only speak like S3 refuse the checksums that boto3 else adds to every upload.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
PAUSE = 5  # seconds in which a bucket that was silent is not asked again, or each picture of a page would wait for it


class Bucket(S3Storage):
    """A private bucket that behaves as a disk does: it complains by OSError, and what it has is never replaced.

    No ACL is sent: without one an object is private, and buckets of today refuse any.
    """

    def __init__(self, **options):
        super().__init__(file_overwrite=False, **options)
        self.client_config = self.client_config.merge(MANNERS)
        self.silent_until = 0

    def _open(self, name, mode="rb"):
        """Read whole and at once: one request, and nothing that fails later than here."""
        if mode != "rb":
            raise io.UnsupportedOperation(mode)
        with self._asked():
            key = self._normalize_name(clean_name(name))
            found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
            return ContentFile(found["Body"].read(), name)

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
        """A rendition's name says what it is made of, so another host's may be replaced: it is the same."""
        return name if name.startswith(FOLDER) else super().get_available_name(name, max_length)

    def url(self, name, **_options):
        """Where nothing is, as with local files: a signed address would show the original to whoever has it."""
        return f"/{filepath_to_uri(name)}"

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
