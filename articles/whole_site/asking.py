"""The answer at an address, as a reader gets it: by this process itself, or by a server."""

import functools
import http.client
import io
import sys
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from articles.cache.freshness import get_checker
from articles.delivery.wsgi import PageCache
from articles.models import Touch


class Answer(NamedTuple):
    """`kind`: its media type, without parameters. `place`: where it redirects to, or ""."""

    status: int
    kind: str
    place: str
    body: bytes
    content_type: str = ""


def answer(status, headers, body):
    told = {name.lower(): value for name, value in headers}
    content_type = told.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    return Answer(status, kind, told.get("location", ""), body, content_type)


class Here:
    """The newsroom of this process. Its pages are cached as those of a worker are."""

    @functools.cached_property
    def application(self):
        return PageCache(get_wsgi_application())

    def ask(self, address):
        started = {}

        def start(status, headers, exc_info=None):
            started.update(status=int(status[:3]), headers=headers)

        parts = self.application(_environ(address), start)
        try:
            return answer(started["status"], started["headers"], b"".join(parts))
        finally:
            if hasattr(parts, "close"):
                parts.close()

    def has_changed_since(self, address, number):
        """Whether something on the page at an address was changed after an invalidation."""
        self.ask(address)
        host, path, query = _split(address)
        page = self.application.store.get((host.partition(":")[0], path, query))
        keys = list(page.keys) if page else []
        return Touch.objects.filter(**{"key__in": keys, f"{get_checker().column}__gt": number}).exists()


def _split(address):
    parts = urlsplit(address)
    return parts.netloc, unquote_to_bytes(parts.path or "/").decode("latin-1"), parts.query


def _environ(address):
    host, path, query = _split(address)
    scheme = settings.PUBLIC_SCHEME
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host,
        "SERVER_NAME": host.partition(":")[0], "SERVER_PORT": "443" if scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": scheme,
        "HTTP_X_FORWARDED_PROTO": scheme, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


class There:
    """A server on a port of this machine."""

    def __init__(self, port, host="127.0.0.1"):
        self.link = http.client.HTTPConnection(host, port, timeout=60)

    def close(self):
        self.link.close()

    def ask(self, address):
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
        try:
            self.link.request("GET", path, headers=headers)
            found = self.link.getresponse()
            return answer(found.status, found.getheaders(), found.read())
        except http.client.HTTPException:
            self.link.close()
            raise
