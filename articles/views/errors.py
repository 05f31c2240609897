"""What a reader, or who works at the desk, sees when there is nothing else to show.

Every page of these can be made of nothing (delivery/failure.py), and is where its frame cannot be had.
"""

import logging
import sys

from django.contrib import admin
from django.core.exceptions import TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_noop

from articles.cache import freshness
from articles.delivery import failure
from articles.delivery.bodies import NoRoom
from articles.listings import rails
from articles.models import OldAddress, Story
from articles.models.correction import Kind
from articles.text import old_paths

logger = logging.getLogger(__name__)

TOO_MANY = (
    gettext_noop("These are too many files"),
    gettext_noop(
        "More files came at once than one form can have, and none of them was taken. Go back and choose fewer."
    ),
)


def bad_request(request, exception=None):
    return page(request, 400, TOO_MANY if isinstance(exception, TooManyFilesSent) else None)


def forbidden(request, exception=None):
    return page(request, 403)


def not_found(request, exception=None):
    """In the edition's own frame, language and colours; a host of no edition has no frame.

    What stood at this address on the site that a story came from, is here, at another.
    """
    if getattr(request, "edition", None) is None:
        return page(request, 400)
    if failure.is_desk(request.path):
        return page(request, 404)
    if story := came_from(request):
        return HttpResponsePermanentRedirect(story.get_absolute_url())
    return _framed(request, 404, "404.html", {"offered": rails.offered(request.edition, timezone.now())})


def came_from(request):
    """The live story that came from a site where it stood at the address asked for; None if there is none."""
    query = request.META["QUERY_STRING"]
    paths = old_paths.asked(request.path, query)
    if any("\0" in path for path in paths):  # PostgreSQL cannot be asked for one
        return None
    old = OldAddress.objects.filter(edition=request.edition, path__in=paths)
    live = Story.objects.live(timezone.now()).filter(edition=request.edition)
    found = dict(old.filter(story__in=live).values_list("path", "story"))
    nearest = next((found[path] for path in paths if path in found), None)
    return live.filter(pk=nearest).first() if nearest else None


def gone(request, story):
    """A story that was withdrawn: headline, reason and time stay, its text does not (rules.md D4)."""
    told = story.corrections.filter(kind=Kind.WITHDRAWAL).first()
    offered = rails.offered(request.edition, timezone.now())
    return _framed(request, 410, "410.html", {"story": story, "withdrawal": told, "offered": offered})


def failed(request):
    """500; or 503 where the database, a thread or room on the disk was not to be had, which is over in a while."""
    error = sys.exception()
    if is_away(error):
        freshness.empty_pool(error)
        return plain(request, 503)
    if failure.is_full_disk(error):
        return plain(request, 503, failure.DISK_FULL)
    return plain(request, 503 if isinstance(error, NoRoom) else 500)


def is_away(error):
    """Whether the database did not answer, or is busy. SQLite's error of that name is also that of wrong SQL."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"


def page(request, status, words=None):
    """At the desk in its frame, for who is signed in; else without one."""
    if not failure.is_desk(request.path):
        return plain(request, status, words)
    with translation.override(failure.language(request)):
        return _framed(request, status, "admin/error.html", None, words)


def plain(request, status, words=None):
    """A page without a frame: the frame asks the database, and for files, which may be what failed."""
    body, headers = failure.page(status, failure.language(request), failure.is_desk(request.path), words)
    return HttpResponse(body, status=status, headers=dict(headers))


def _framed(request, status, template, context, words=None):
    try:
        context = _of_the_desk(request, status, words) if context is None else context
        response = plain(request, status, words) if context is None else render(request, template, context)
    except Exception:
        logger.exception("The page of a %s has no frame", status)
        return plain(request, status, words)
    response.status_code = status
    add_never_cache_headers(response)
    return response


def _of_the_desk(request, status, words):
    """What its frame shows; None for who is not signed in there."""
    user = getattr(request, "user", None)
    if user is None or not admin.site.has_permission(request):
        return None
    title, text = map(translation.gettext, words or failure.WORDS[status])
    return {**admin.site.each_context(request), "title": title, "text": text}
