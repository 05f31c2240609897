"""Error pages of readers and of the desk. If the frame of such a page cannot be rendered, the page is sent without a
frame, and needs neither template nor database (delivery/failure.py).
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
from articles.delivery import cors, failure
from articles.delivery.bodies import NoRoom
from articles.listings import rails
from articles.models import OldAddress, Story
from articles.models.correction import Kind
from articles.text import old_paths

from .showing import shown

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
    """404 in the edition's own frame; a host that belongs to no edition has no frame.

    If an imported story had this address on its former site, a redirect to its address here.
    """
    if getattr(request, "edition", None) is None:
        return page(request, 400)
    if failure.is_desk(request.path) or cors.is_api(request.path):
        return page(request, 404)
    if story := came_from(request):
        return HttpResponsePermanentRedirect(story.get_absolute_url())
    return _for_readers(request, 404, {"title": translation.gettext("Page not found")})


def came_from(request):
    """The live story that had the requested address on the site it was imported from; else None."""
    query = request.META["QUERY_STRING"]
    paths = old_paths.asked(request.path, query)
    if any("\0" in path for path in paths):  # PostgreSQL takes none in a query
        return None
    old = OldAddress.objects.filter(edition=request.edition, path__in=paths)
    live = Story.objects.live(timezone.now()).filter(edition=request.edition)
    stories = dict(old.filter(story__in=live).values_list("path", "story"))
    nearest = next((stories[path] for path in paths if path in stories), None)
    return live.filter(pk=nearest).first() if nearest else None


def gone(request, story):
    """410 for a withdrawn story: headline, reason and time are shown, its text is not (rules.md D4)."""
    withdrawal = story.corrections.filter(kind=Kind.WITHDRAWAL).first()
    return _for_readers(request, 410, {"story": story, "withdrawal": withdrawal})


def failed(request):
    """500; or 503 if the database, a thread or disk space was not available, because that is soon over."""
    error = sys.exception()
    if is_away(error):
        freshness.empty_pool(error)
        return plain(request, 503, sent=_typed(request))
    if failure.is_full_disk(error):
        return plain(request, 503, failure.DISK_FULL, _typed(request))
    return plain(request, 503 if isinstance(error, NoRoom) else 500)


def is_away(error):
    """Whether the database did not answer, or is busy. SQLite raises OperationalError for wrong SQL, too."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"


def page(request, status, words=None):
    """An error page: at the desk in its frame for a signed-in user, else without a frame."""
    if not failure.is_desk(request.path):
        return plain(request, status, words)
    with translation.override(failure.language(request)):
        return _framed(request, status, words, lambda: _of_the_desk(request, status, words))


def _typed(request):
    """(address, [(name, value)]) of the form of the desk that was sent, if it was read; passwords are never kept."""
    posted = getattr(request, "_post", None)
    if request.method != "POST" or not posted or not failure.is_desk(request.path):
        return None
    pairs = [(name, value) for name, values in posted.lists() for value in values]
    is_secret = any("password" in name for name, _value in pairs)
    return None if is_secret else (request.get_full_path(), pairs)


def plain(request, status, words=None, sent=None):
    """A page without a frame, because the frame needs the database and files, which may have failed."""
    if cors.is_api(request.path):
        body, headers = failure.problem(status, failure.language(request))
    else:
        body, headers = failure.page(status, failure.language(request), failure.is_desk(request.path), words, sent)
    return HttpResponse(body, status=status, headers=dict(headers))


def _for_readers(request, status, context):
    """The page articles/<status>.html, whole or as text alone, with the newest stories below."""

    def rendered():
        return shown(request, status, {**context, "offered": rails.offered(request.edition, timezone.now())}, status)

    return _framed(request, status, None, rendered)


def _framed(request, status, words, rendered):
    """What `rendered` gives; without a frame if it cannot be rendered."""
    try:
        response = rendered()
    except Exception:
        logger.exception("The page of a %s has no frame", status)
        return plain(request, status, words)
    add_never_cache_headers(response)
    return response


def _of_the_desk(request, status, words):
    """In the desk's frame; without one if the user is not signed in there."""
    user = getattr(request, "user", None)
    if user is None or not admin.site.has_permission(request):
        return plain(request, status, words)
    title, text = map(translation.gettext, words or failure.WORDS[status])
    context = {**admin.site.each_context(request), "title": title, "text": text}
    return render(request, "admin/error.html", context, status=status)
