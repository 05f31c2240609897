"""Limits for request bodies: their size, and how many of a worker's threads may wait for them.

The server has no time limit for a body, so a client that sends half of one occupies a thread until it goes. At most
half of the threads may wait like this; further clients get 503. Some places are reserved for signed-in users, so that
strangers cannot take them all. nginx in front protects against slow bodies (docs/delivery.md).
"""

import threading

from django.conf import settings
from django.db import close_old_connections

BODY = "newsroom.body"  # the Body of a request, in its environ


class NoRoom(OSError):
    """No further thread may wait for a body. An OSError, which Django treats as a body that broke off."""


def refused(environ):
    """The status that refuses a body before it is read; None if it may be read."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return 411  # without a length it cannot be limited; browsers and nginx send one
    return 413 if length(environ) > settings.LARGEST_BODY else None


def length(environ):
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else settings.LARGEST_BODY + 1


class Rooms:
    """Half of `threads` may wait; a quarter of these places is only for signed-in users."""

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
    """`wsgi.input`. It takes a room at its first read, and gives it back when it was read to its end."""

    is_signed_in = False  # set before the first read, by middleware.py
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
        """Keep the room until the response is ready, because the view takes long, too. Raises NoRoom."""
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
        close_old_connections()  # a waiting thread must not hold a connection
        data = read(min(self.left, size) if size and size > 0 else self.left)
        self.left = self.left - len(data) if data else 0
        if self.left <= 0 and not self.is_kept:
            self.close()
        return data
