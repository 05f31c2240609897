"""Lines of the log: as JSON where LOG_FORMAT says so, each with the id of its request, and none with a query string.

The words of a search and what a preview was asked with stand behind the "?" of an address, and Django quotes addresses
of requests and referers in some of its lines. The filter takes that part out of every line, whoever wrote it.
"""

import contextvars
import datetime
import json
import logging
import re
import secrets
import time

from django.conf import settings

HEADER = "X-Request-ID"
_KEY = "HTTP_X_REQUEST_ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUERY = re.compile(r"((?:https?://[^\s?#'\"<>]+|(?<![\w.])/[^\s?#'\"<>]*))[?#][^\s'\"<>]*")
HOSTS = "django.security.DisallowedHost"  # a line tells it; with a trace each, strangers would fill the disk
LONGEST_SQL = 2_000

request_id = contextvars.ContextVar("request_id", default="")
logger = logging.getLogger("articles.slow")


def id_of(environ):
    """The id under which the lines of this request are found. The proxy's is taken only where there is a proxy: anybody
    else could write what they like into the log."""
    return given_by_proxy(environ) or secrets.token_hex(8)


def given_by_proxy(environ):
    """ "": there is none."""
    given = environ.get(_KEY, "")
    return given if given and settings.BEHIND_PROXY and ACCEPTED.fullmatch(given) else ""


def echoed(environ):
    """The headers by which a cached page tells the id that the proxy gave; without a proxy nothing is logged for it."""
    given = given_by_proxy(environ)
    return [(HEADER, given)] if given else []


def identified(get_response):
    """Middleware: the request has an id, its lines and its answer tell it."""

    def middleware(request):
        known = id_of(request.META)
        mark = request_id.set(known)
        try:
            response = get_response(request)
        finally:
            request_id.reset(mark)
        response[HEADER] = known
        return response

    return middleware


def without_query(text):
    return QUERY.sub(r"\1", text)


class WithoutQueries(logging.Filter):
    """Takes query strings and fragments out of a line, also out of the error that comes with it."""

    def filter(self, record):
        record.msg, record.args = without_query(record.getMessage()), ()
        if record.name == HOSTS:
            record.exc_info = record.exc_text = None
        if record.exc_info and not record.exc_text:
            record.exc_text = without_query(logging.Formatter().formatException(record.exc_info))
        record.request_id = getattr(record, "request_id", "") or request_id.get()
        return True


class Json(logging.Formatter):
    """One object a line."""

    def format(self, record):
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        told = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
            "process": record.process,
        }
        if request := getattr(record, "request", None):
            told |= {"method": getattr(request, "method", ""), "path": getattr(request, "path", "")}
        if status := getattr(record, "status_code", None):
            told["status"] = status
        if record.exc_text:
            told["error"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


def if_slow(path, seconds, headers):
    """Tell of a page that took long to be rendered. `headers`: those of the answer, which have the id."""
    limit = settings.SLOW_PAGE_MS
    if limit and seconds * 1_000 >= limit:
        known = {"request_id": dict(headers).get(HEADER, "")}
        logger.warning("The page %s took %d ms to render", path, seconds * 1_000, extra=known)


def watch(connection, **kwargs):
    """Tell of queries that take long: their SQL, never their values."""
    if settings.SLOW_QUERY_MS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute, sql, params, many, context):
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - begun) * 1_000
        if took >= settings.SLOW_QUERY_MS:
            logger.warning("A query took %d ms: %s", took, str(sql)[:LONGEST_SQL])
