"""The WSGI application in front of Django's: it answers with cached pages, and lets Django render the others."""

import functools
import http
import re
import sqlite3
import threading
import time

from django.conf import settings
from django.db import Error, OperationalError, close_old_connections
from django.utils import timezone

from articles import logs, metrics, tracking
from articles.cache import freshness
from articles.cache.lru import Store
from articles.publishing import scheduled

from . import bodies, cors, failure, fragments, headers, reads, violations
from .known import known
from .rail import Gap, Rail
from .responses import RenderedPage, Started, answered, coding_for, is_unchanged

FORMS = (failure.DESK, "/preview/")  # paths that take other methods than GET, HEAD and OPTIONS
BYPASS = (failure.DESK, "/preview/", "/media/", "/static/", "/healthz", "/readyz", "/metrics")
UNKEPT = "/search/"  # never cached as a page: nobody asks the same again
ALLOWED = "GET, HEAD, OPTIONS"
GONE = (Error, sqlite3.Error, OSError)
KEEP = "public, max-age=0, s-maxage=%d"
OWN = re.compile(r"\b(private|no-store|no-cache)\b", re.IGNORECASE)  # in Cache-Control: the page must not be cached
DROPPED = {"vary", "etag", "content-length", "expires", "last-modified", "set-cookie", "x-request-id"}
OF_A_BODY = ("Content-Length", "Content-Type", "Content-Encoding")
READERS_OWN = ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
HEADER = "X-Page"
NO_RAIL = Rail()
REASONS = {status.value: status.phrase for status in http.HTTPStatus}


class PageCache:
    """`HEADER` in each response says where it is from: "hit", "put together" (cached, with new fragments), "miss"
    (rendered now), "stale" (the database does not answer), "bypass" (never cached)."""

    def __init__(self, django):
        self.django = django
        self.store = Store(settings.PAGE_STORE_MB * 1_000_000)
        self.fragments = {}
        self.locks = {}
        self.rooms = bodies.Rooms(settings.THREADS)
        self.reads = reads.Reads() if settings.COUNT_READS else None
        self.violations = violations.Violations()

    @functools.cached_property
    def checker(self):
        return freshness.get_checker()

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self.written(environ, start_response)
        if path.startswith(BYPASS) or self.must_redirect(environ):
            return self.bypass(environ, start_response)
        if path == UNKEPT:
            return self.unkept(environ, start_response)
        host = environ.get("HTTP_HOST", "")
        query = environ.get("QUERY_STRING", "")
        key = (host if host[:1] == "[" else host.partition(":")[0].lower(), path, known(path, query) if query else "")
        page = self.store.get(key)
        try:
            self.learn()
            if page is None or not self.checker.is_good(page):
                return self.render_once(key, environ, start_response)
            how = "hit" if not self.fill(page, self.fragment) else "put together"
        except GONE:
            close_old_connections()
            return self.without_database(key, environ, start_response)
        return self.send(key, page, environ, start_response, how)

    def learn(self):
        """Know what was invalidated, and apply the changes that are due, before anything is answered."""
        self.checker.refresh()
        if self.checker.is_scheduled_change_due:
            self.apply_due_changes()

    def without_database(self, key, environ, start_response):
        """Send the cached page unless something on it is known to be old; a rail that is old is left out."""
        self.checker.follow_clock()
        page = self.store.get(key)
        if page is None or self.checker.is_old(page):
            self.store.drop(key)
            return self.refuse(503, environ, start_response)
        self.fill(page, self.last_fragment)
        return self.send(key, page, environ, start_response, "stale")

    def last_fragment(self, name, edition):
        state, rail = self.fragments.get((name, edition), (None, None))
        return NO_RAIL if state is None or self.checker.is_old(state) else rail

    # Requests with a body --------------------------------------------------------------

    def written(self, environ, start_response):
        """Every method but GET and HEAD. At a path without forms it is refused before Django, its body unread."""
        if environ["PATH_INFO"].startswith(FORMS):
            return self.read(environ, start_response)
        noting = {reads.ADDRESS: self.reads, violations.ADDRESS: self.violations}.get(environ["PATH_INFO"])
        if noting and environ["REQUEST_METHOD"] == "POST":
            return self.note(noting, environ, start_response)
        if environ["REQUEST_METHOD"] == "OPTIONS":
            more = [*cors.EVERYBODY, *cors.PREFLIGHT] if cors.is_api(environ["PATH_INFO"]) else []
            return self.nothing(environ, start_response, ("Allow", ALLOWED), *more)
        return self.refuse(405, environ, start_response, ("Allow", ALLOWED))

    def read(self, environ, start_response):
        """Django's answer to a form, or a refusal if the body is too long or finds no room (bodies.py)."""
        if status := bodies.refused(environ):
            return self.refuse(status, environ, start_response)
        body = environ["wsgi.input"] = environ[bodies.BODY] = bodies.Body(environ, self.rooms)
        try:
            answer = self.bypass(environ, started := Started())
        finally:
            body.close()
        if body.is_refused:
            if hasattr(answer, "close"):
                answer.close()
            return self.refuse(503, environ, start_response)
        start_response(*started.args)
        return answer

    def note(self, noting, environ, start_response):
        """Take note of what a page tells by itself. Neither Django nor the database is asked."""
        body = bodies.Body(environ, self.rooms)
        try:
            status = noting.told(environ, body)
        except bodies.NoRoom:
            status = 503
        finally:
            body.close()
        if status != 204:
            return self.refuse(status, environ, start_response)
        return self.nothing(environ, start_response)

    def nothing(self, environ, start_response, *told):
        """Send headers alone."""
        safe = headers.of(environ["PATH_INFO"], headers.is_secure(environ))
        start_response("204 No Content", [*told, *safe, (HEADER, "bypass")])
        return []

    def refuse(self, status, environ, start_response, *told):
        """Send an error page that needs neither Django nor the database."""
        metrics.answers.labels(f"{status // 100}xx").inc()
        body, own = failure.at(environ, status)
        safe = headers.of(environ["PATH_INFO"], headers.is_secure(environ))
        told = [*own, *told, *safe, ("Content-Length", str(len(body))), (HEADER, "bypass")]
        start_response(f"{status} {REASONS[status]}", told)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    # Not cached ------------------------------------------------------------------------

    def must_redirect(self, environ):
        """Whether Django will redirect this reader to HTTPS, where pages are cached."""
        return settings.SECURE_SSL_REDIRECT and not headers.is_secure(environ)

    def bypass(self, environ, start_response):
        begun = time.perf_counter()

        def start(status, headers, exc_info=None):
            metrics.answers.labels(f"{status[:1]}xx").inc()
            return start_response(status, [*headers, (HEADER, "bypass")], *([exc_info] if exc_info else []))

        answer = self.django(environ, start)
        if failure.is_desk(environ["PATH_INFO"]):
            kind = "read" if environ["REQUEST_METHOD"] in ("GET", "HEAD") else "write"
            metrics.desk.labels(kind).observe(time.perf_counter() - begun)
        return answer

    def unkept(self, environ, start_response):
        """A page that is put together for each request, of the rows that this worker has in memory (cached_rows.py)."""
        try:
            self.learn()
        except GONE:
            close_old_connections()
            return self.refuse(503, environ, start_response)
        with tracking.tracked():
            return self.bypass(environ, start_response)

    def render_once(self, key, environ, start_response):
        """Let one thread render the page; others that want the same page wait for it."""
        lock = self.locks.setdefault(key, threading.Lock())
        with lock:
            try:
                page = self.store.get(key)
                if page is not None and self.checker.is_good(page):
                    self.fill(page, self.fragment)
                    return self.send(key, page, environ, start_response, "hit")
                page = self.render(key, environ, start_response)
            finally:
                self.locks.pop(key, None)
        if not isinstance(page, RenderedPage):
            return page
        return self.send(key, page, environ, start_response, "miss")

    def render(self, key, environ, start_response):
        """A page that is cached from now on; or Django's answer if it must not be cached."""
        state = self.checker.state()
        asked = {name: value for name, value in environ.items() if name not in READERS_OWN}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key[2]}
        begun = time.perf_counter()
        with tracking.tracked() as page:
            status, headers, body = answered(self.django, asked)
        took = time.perf_counter() - begun
        metrics.renders.observe(took)
        logs.if_slow(key[1], took, headers)
        if status[:3] == "503":
            raise OperationalError("The database went away while this was rendered.")
        control = ", ".join(value for name, value in headers if name.lower() == "cache-control")
        if status[:3] != "200" or not page.is_cacheable or OWN.search(control):
            self.store.drop(key)  # the cached page was withdrawn or moved, or must not be shown
            return self.pass_on(environ, start_response, status, headers, body)
        parts = fragments.pieces(body)
        dropped = DROPPED if len(parts) > 1 else DROPPED - {"last-modified"}  # fragments change by themselves
        headers = [(name, value) for name, value in headers if name.lower() not in dropped]
        headers += [("Cache-Control", KEEP % page.shared)] if not control else []
        headers += [("Vary", "Accept-Encoding")]
        rendered = RenderedPage(parts, headers, page.keys, page.until, state)
        if len(parts) > 1:
            rendered.edition, rendered.names = page.edition, tuple({p.name for p in parts if isinstance(p, Gap)})
            self.fill(rendered, self.fragment)
        self.store.put(key, rendered)
        return rendered

    def fill(self, page, fragment):
        """Put in the fragments of now, which `fragment` finds. Returns whether the page changed."""
        if len(page.parts) == 1:
            return False
        sources = tuple(fragment(name, page.edition) for name in page.names)
        if page.is_filled_with(sources):
            return False
        return page.fill(sources, list(fragments.filled(page.parts, dict(zip(page.names, sources, strict=True)))))

    def fragment(self, name, edition):
        """A Rail, rendered anew if a dependency was invalidated; if its bytes are equal, it stays the same."""
        state, rail = self.fragments.get((name, edition), (None, None))
        return rail if state and self.checker.is_good(state) else self.render_fragment(name, edition)

    def render_fragment(self, name, edition):
        """A Rail, by one thread; others that want the same wait for it."""
        with self.locks.setdefault((name, edition), threading.Lock()):
            last, rail = self.fragments.get((name, edition), (None, None))
            if last and self.checker.is_good(last):
                return rail
            state = self.checker.state()
            with tracking.tracked(is_page=False) as rendered:
                made = fragments.render(name, edition)
            close_old_connections()
            made = rail if made.is_same(rail) else made
            self.fragments[name, edition] = RenderedPage([], [], rendered.keys, rendered.until, state), made
            return made

    def apply_due_changes(self):
        """Apply the scheduled changes that are due, with the first request after their time."""
        self.checker.is_scheduled_change_due = False
        try:
            scheduled.apply_due(timezone.now())
        finally:  # a change that could not be applied is tried again with the next request
            self.checker.is_scheduled_change_due = True
        self.checker.is_scheduled_change_due = scheduled.due(timezone.now()).exists()
        close_old_connections()
        self.checker.refresh()

    # The response ----------------------------------------------------------------------

    def send(self, key, page, environ, start_response, how):
        metrics.outcomes.took(how)
        headers, body, tag = page.answer(coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if page.size != page.counted:
            self.store.grown(key, page)
        if is_unchanged(environ, headers, tag):
            headers = [header for header in headers if header[0] not in OF_A_BODY]
            start_response("304 Not Modified", [*headers, *logs.echoed(environ), (HEADER, how)])
            return []
        start_response("200 OK", [*headers, *logs.echoed(environ), (HEADER, how)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def pass_on(self, environ, start_response, status, headers, body):
        metrics.answers.labels(f"{status[:1]}xx").inc()
        tag = dict(headers).get("ETag") if status[:3] == "200" else None
        if tag and is_unchanged(environ, headers, tag):
            status, body = "304 Not Modified", b""
            headers = [header for header in headers if header[0] not in OF_A_BODY]
        start_response(status, [*headers, (HEADER, "bypass")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
