"""What people send: how large it may be, and how many of a worker's threads may wait for it.

The server has no limit of time for a body, so whoever sends half of one holds a thread until he goes. At most half of
the threads wait so; who finds no room is told to come again. Of this room a part is kept for those who are signed in,
whom strangers cannot drive out. nginx in front sees that no body is slow (docs/delivery.md).
"""

import threading

from django.conf import settings
from django.db import close_old_connections

BODY = "newsroom.body"  # the Body of a request, in its environ


class NoRoom(OSError):
    """Nobody else can be waited for now. An OSError, which Django takes for a body that broke off."""


def refused(environ):
    """The status that refuses a body before any of it is read; None where it may come."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return 411  # its length is not known before it is there; browsers and nginx tell it
    return 413 if length(environ) > settings.LARGEST_BODY else None


def length(environ):
    given = environ.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdigit() and len(given) < 20 else settings.LARGEST_BODY + 1


class Rooms:
    """Of `threads` half may wait, and of these a quarter only for people who are signed in."""

    def __init__(self, threads):
        self.most = max(1, threads // 2)
        self.strangers = max(1, self.most - self.most // 4)
        self.lock, self.taken = threading.Lock(), 0

    def take(self, is_signed_in):
        with self.lock:
            has_room = self.taken < (self.most if is_signed_in else self.strangers)
            self.taken += has_room
            return has_room

    def give(self):
        with self.lock:
            self.taken -= 1


class Body:
    """`wsgi.input`, which takes a room when it is first read, until it has been read to its end."""

    is_signed_in = False  # known before anything is read: middleware.py
    is_refused = False

    def __init__(self, environ, rooms):
        self.stream, self.left, self.rooms = environ["wsgi.input"], length(environ), rooms
        self.has_room = self.is_kept = False

    def read(self, size=-1):
        return self._read(self.stream.read, size)

    def readline(self, size=-1):
        return self._read(self.stream.readline, size)

    def take_room(self):
        """Raises NoRoom."""
        if not self.has_room:
            if not self.rooms.take(self.is_signed_in):
                self.is_refused = True
                raise NoRoom("Too many bodies are waited for.")
            self.has_room = True

    def keep_room(self):
        """Until the answer is there: what follows takes long, too. Raises NoRoom."""
        self.take_room()
        self.is_kept = True

    def close(self):
        if self.has_room:
            self.has_room = False
            self.rooms.give()

    def _read(self, read, size):
        if self.left <= 0:
            return b""
        self.take_room()
        close_old_connections()  # who waits holds no connection
        data = read(min(self.left, size) if size and size > 0 else self.left)
        self.left = self.left - len(data) if data else 0
        if self.left <= 0 and not self.is_kept:
            self.close()
        return data
