"""What browsers report of our Content-Security-Policy: a page was asked for a script or a style that is not ours.

Anybody may post here, so little is believed: each worker reads a few reports a minute, of a few kilobytes, counts them
by directive for /metrics, and tells the log of some. A line names the directive, the kind of page and the host that was
blocked, all from short lists of ours or a name of letters; no address, since a query or a path may hold what is secret.
"""

import json
import logging
import re
import threading
import time
from urllib.parse import urlsplit

from django.http.request import split_domain_port
from django.urls import Resolver404, resolve

from articles import metrics

from . import bodies

ADDRESS = "/csp-report/"
KINDS = ("application/csp-report", "application/reports+json")
LONGEST = 16_000  # bytes of what is posted
MOST = 20  # reports of one post
A_MINUTE = 60  # seconds
POSTS_A_MINUTE = 120  # of a worker; further ones are counted, and not read
LINES_A_MINUTE = 5  # of the log
DIRECTIVES = {
    "base-uri", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src",
    "manifest-src", "media-src", "object-src", "script-src", "script-src-attr", "script-src-elem", "style-src",
    "style-src-attr", "style-src-elem", "worker-src",
}  # fmt: skip
_HOST = re.compile(r"[a-z0-9.-]{1,100}")
_WORD = re.compile(r"[a-z-]{1,20}")  # "inline", "eval", or a scheme
logger = logging.getLogger(__name__)


class Violations:
    """`told` takes a post. The limits are those of one worker: the number of lines stays small with several."""

    def __init__(self):
        self.lock, self.began = threading.Lock(), 0.0
        self.posts = self.lines = 0

    def told(self, environ, body):
        """The status of the answer: 204 if the post is well-formed, whether anything is told of it or not."""
        if status := refused(environ):
            return status
        if not self._may("posts", POSTS_A_MINUTE):
            metrics.violations.labels("unread").inc()
            return 429
        try:
            reports = _reports(json.loads(b"".join(iter(body.read, b""))))
        except (ValueError, RecursionError):
            return 400
        for report in reports[:MOST]:
            self._count(report, environ.get("HTTP_HOST", ""))
        return 204

    def _count(self, report, host):
        page = _parts(report.get("documentURL") or report.get("document-uri"))
        if page is None or page.hostname != split_domain_port(host)[0]:
            return  # of another site
        directive = report.get("effectiveDirective") or report.get("effective-directive")
        directive = directive if isinstance(directive, str) and directive in DIRECTIVES else "other"
        metrics.violations.labels(directive).inc()
        if self._may("lines", LINES_A_MINUTE):
            blocked = _blocked(report.get("blockedURL") or report.get("blocked-uri"))
            logger.warning("The policy of a page (%s) forbade %s by %s.", _name(page.path), blocked, directive)

    def _may(self, what, most):
        with self.lock:
            now = time.monotonic()
            if not self.began or now - self.began >= A_MINUTE:
                self.began, self.posts, self.lines = now, 0, 0
            setattr(self, what, getattr(self, what) + 1)
            return getattr(self, what) <= most


def refused(environ):
    """The status for a post that is no report, before it is read; or None."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return 411
    if bodies.length(environ) > LONGEST:
        return 413
    return None if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() in KINDS else 400


def _reports(posted):
    """The reports of a post in either form."""
    if not isinstance(posted, dict | list):
        raise ValueError("This is no report.")
    if isinstance(posted, dict):
        found = [posted.get("csp-report")]
    else:
        found = [one.get("body") for one in posted if isinstance(one, dict) and one.get("type") == "csp-violation"]
    return [report for report in found if isinstance(report, dict)]


def _parts(address):
    try:
        return urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        return None


def _name(path):
    """The name of the kind of page."""
    try:
        return resolve(path).url_name or "other"
    except Resolver404:
        return "none of ours"


def _blocked(address):
    """The host of what was blocked, or a word such as "inline"."""
    parts = _parts(address)
    if parts is None:
        return "something"
    if parts.hostname:
        return parts.hostname if _HOST.fullmatch(parts.hostname) else "a host"
    word = parts.scheme or parts.path
    return word if _WORD.fullmatch(word) else "something"
