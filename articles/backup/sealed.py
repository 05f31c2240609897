"""Encryption of files by a passphrase: AES-256-GCM in pieces, so that a file of any size is read and written in little
memory.

    MAGIC, 16 bytes of salt for the passphrase, 32 bytes of salt for this file, then pieces of PIECE bytes + 16

Each piece has its number, and whether it is the last, in its nonce: a file that was cut, lengthened or put together
anew does not open. The key of a file is made of the passphrase (scrypt) and its own salt (HKDF), so no nonce repeats.
"""

import functools
import hashlib
import hmac
import io
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from articles.wire.values.item import Refusal

MAGIC = b"newsroom backup 1\n"
SALT, FILE_SALT, TAG = 16, 32, 16
PIECE = 1 << 20
SHORTEST = 20  # letters of a passphrase: it is tried offline by whoever has the files


class Plain:
    """No encryption: files as they are."""

    def written(self, file):
        return _Open(file)

    def opened(self, file):
        return file

    def name_of(self, digest):
        return digest


class Sealed:
    """`salt`: that of the passphrase in new files; a file that is read brings its own."""

    def __init__(self, passphrase, salt):
        if len(passphrase) < SHORTEST:
            raise Refusal(_("BACKUP_KEY must have %(count)s letters or more.") % {"count": SHORTEST})
        self.passphrase, self.salt = passphrase, salt

    def written(self, file):
        """A file to write, whose content is encrypted into `file`. To close it ends the content."""
        own = os.urandom(FILE_SALT)
        file.write(MAGIC + self.salt + own)
        return io.BufferedWriter(_Writer(file, _cipher(self.passphrase, self.salt, own)), PIECE)

    def opened(self, file):
        """A file to read the content of `file` from. Raises Refusal, here or while it is read."""
        head = file.read(len(MAGIC) + SALT + FILE_SALT)
        if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + SALT + FILE_SALT:
            raise Refusal(_("It is not encrypted as our backups are."))
        salt, own = head[len(MAGIC) : -FILE_SALT], head[-FILE_SALT:]
        return io.BufferedReader(_Reader(file, _cipher(self.passphrase, salt, own)), PIECE)

    def name_of(self, digest):
        """The name under which a content is kept; without the key it does not tell which content it is."""
        return hmac.new(_master(self.passphrase, self.salt), digest.encode(), hashlib.sha256).hexdigest()


@functools.cache
def _master(passphrase, salt):
    return Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(passphrase.encode())


def _cipher(passphrase, salt, own):
    key = HKDF(algorithm=SHA256(), length=32, salt=own, info=MAGIC).derive(_master(passphrase, salt))
    return AESGCM(key)


def _nonce(number, is_last):
    return number.to_bytes(11) + bytes([is_last])


class _Open(io.BufferedIOBase):
    """Writes to a file that stays open when this is closed, as that of `Sealed.written`."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, content):
        return self.file.write(content)


class _Writer(io.RawIOBase):
    def __init__(self, file, cipher):
        self.file, self.cipher, self.number, self.waiting = file, cipher, 0, bytearray()

    def writable(self):
        return True

    def write(self, content):
        self.waiting += content
        while len(self.waiting) > PIECE:  # a full piece waits, too: it may be the last
            self._put(bytes(self.waiting[:PIECE]), is_last=False)
            del self.waiting[:PIECE]
        return len(content)

    def close(self):
        if not self.closed:
            self._put(bytes(self.waiting), is_last=True)
        super().close()

    def _put(self, content, is_last):
        self.file.write(self.cipher.encrypt(_nonce(self.number, is_last), content, None))
        self.number += 1


class _Reader(io.RawIOBase):
    def __init__(self, file, cipher):
        self.file, self.cipher, self.number = file, cipher, 0
        self.content, self.ahead = b"", self._piece()

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.content and self.ahead is not None:
            piece, self.ahead = self.ahead, self._piece() or None
            self.content = self._opened(piece, is_last=self.ahead is None)
        taken, self.content = self.content[: len(buffer)], self.content[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self):
        if not self.closed:
            self.file.close()
        super().close()

    def _piece(self):
        """The next encrypted piece, whole: a file of a network gives less than was asked for."""
        parts, wanted = [], PIECE + TAG
        while wanted and (part := self.file.read(wanted)):
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _opened(self, piece, is_last):
        try:
            content = self.cipher.decrypt(_nonce(self.number, is_last), piece, None)
        except InvalidTag as error:
            raise Refusal(_("It cannot be opened: another BACKUP_KEY, or the file was changed or cut.")) from error
        self.number += 1
        return content
