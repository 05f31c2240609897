"""A folder on this machine or in a bucket, as commands write to it: `DIR` or `s3://bucket/folder?endpoint_url=…`.

A file is complete or absent. Names have "/" between their parts and never lead out of the folder. Errors are OSError.
"""

import contextlib
import fcntl
import os
import pathlib
import re
import shutil
import tempfile
from urllib.parse import parse_qsl

OPTIONS = {
    "endpoint_url": r"https?://[\w.:\[\]-]+/?",
    "region_name": r"[a-z0-9-]+",
    "addressing_style": r"auto|path|virtual",
}
SPELLED = f"s3://bucket/folder, with none or some of ?{'=…&'.join(OPTIONS)}=…"
IN_MEMORY = 8_000_000  # bytes of a file on its way to a bucket; a longer one waits on the disk


def bucket_of(address):
    """(bucket, folder, options) of an `s3://` address. Raises ValueError; its text never repeats the address, which
    may contain keys."""
    shape = re.fullmatch(r"s3://([a-z0-9][a-z0-9.-]+)(?:/([^?#]*))?(?:\?([^#]+))?", address)
    options = parse_qsl(shape[3] or "", keep_blank_values=True) if shape else []
    if not shape or not all(name in OPTIONS and re.fullmatch(OPTIONS[name], value) for name, value in options):
        raise ValueError(SPELLED)
    return shape[1], (shape[2] or "").strip("/"), dict(options)


def at(address, mode=0o600):
    """The Disk or Bucket at an address. `mode`: that of new files on a disk; folders get the same rights."""
    return Bucket(*bucket_of(address)) if address.startswith("s3:") else Disk(pathlib.Path(address), mode)


@contextlib.contextmanager
def alone(path):
    """Yields whether no other process holds the file at `path`; if so, this one holds it meanwhile. A process that was
    killed holds nothing."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _sound(name):
    parts = name.split("/")
    if "\\" in name or "\0" in name or {"", ".", ".."} & set(parts):
        raise OSError(f"{name!r} is no name of a file in a folder.")
    return name


class Disk:
    def __init__(self, path, mode=0o600):
        self.path, self.mode = path, mode

    def __str__(self):
        return str(self.path)

    @contextlib.contextmanager
    def writing(self, name, kind=""):
        """A binary file to write. It gets its name when it is complete and on the disk."""
        path = self.path / _sound(name)
        self._make(path.parent)
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.chmod(part, self.mode)
            os.replace(part, path)
        finally:
            with contextlib.suppress(FileNotFoundError):  # it has its name already
                os.unlink(part)

    def _make(self, folder):
        """A folder that whoever may read its files may enter, and those above it that are missing."""
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(mode=self.mode | (self.mode & 0o444) >> 2, exist_ok=True)

    def reading(self, name):
        return (self.path / _sound(name)).open("rb")

    def size(self, name):
        """In bytes; None if there is no such file."""
        try:
            return (self.path / _sound(name)).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def names(self, start=""):
        """The names of all complete files below a folder, "" for all."""
        for folder, folders, names in os.walk(self.path / start):
            folders.sort()
            for name in sorted(names):
                if not name.endswith(".part"):
                    yield (pathlib.Path(folder) / name).relative_to(self.path).as_posix()

    def delete(self, name):
        """The file, and the folders that become empty."""
        path = self.path / _sound(name)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.path or (folder.is_dir() and any(folder.iterdir())):
                break
            with contextlib.suppress(FileNotFoundError):  # it was never made
                folder.rmdir()

    def delete_below(self, start):
        shutil.rmtree(self.path / _sound(start), ignore_errors=False)


class Bucket:
    def __init__(self, bucket, folder, options):
        self.bucket, self.folder = bucket, f"{folder}/" if folder else ""
        self.client = _client(options)

    def __str__(self):
        return f"s3://{self.bucket}/{self.folder}"

    @contextlib.contextmanager
    def writing(self, name, kind="application/octet-stream"):
        key = self.folder + _sound(name)
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            yield file
            file.seek(0)
            with _asked():
                self.client.upload_fileobj(file, self.bucket, key, ExtraArgs={"ContentType": kind})

    def reading(self, name):
        with _asked():
            return self.client.get_object(Bucket=self.bucket, Key=self.folder + _sound(name))["Body"]

    def size(self, name):
        try:
            with _asked():
                return self.client.head_object(Bucket=self.bucket, Key=self.folder + _sound(name))["ContentLength"]
        except FileNotFoundError:
            return None

    def names(self, start=""):
        with _asked():
            asked = {"Bucket": self.bucket, "Prefix": self.folder + (f"{start}/" if start else "")}
            for page in self.client.get_paginator("list_objects_v2").paginate(**asked):
                yield from (found["Key"].removeprefix(self.folder) for found in page.get("Contents", ()))

    def delete(self, name):
        with _asked():
            self.client.delete_object(Bucket=self.bucket, Key=self.folder + _sound(name))

    def delete_below(self, start):
        for name in list(self.names(_sound(start))):
            self.delete(name)


def _client(options):
    import boto3  # 0.2 seconds, for commands that name a bucket
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    manners = Config(
        s3={"addressing_style": options.get("addressing_style", "auto")},
        retries={"mode": "standard", "total_max_attempts": 5},
        # Some S3-compatible servers refuse the checksums that boto3 adds to every upload by default.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    named = {name: options[name] for name in ("endpoint_url", "region_name") if name in options}
    try:
        return boto3.client("s3", config=manners, **named)
    except BotoCoreError as error:
        raise OSError(str(error)) from error


@contextlib.contextmanager
def _asked():
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        is_gone = error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 and "NoSuchBucket" not in str(error)
        raise (FileNotFoundError if is_gone else OSError)(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(str(error)) from error
