"""What stands beside a page: renditions of photos, and the colours of an edition."""

import datetime
import logging

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control

from articles import photos
from articles.models import Edition, Photo

logger = logging.getLogger(__name__)

A_YEAR, SHARED = 31_536_000, 600
MEANWHILE = 60  # seconds that a rendition is kept which could not be stored
PLACEHOLDER = settings.ROOT / "static" / "site" / "no-picture.svg"


def rendition(request, name):
    """A rendition, made on its first request, for readers of what shows it and for the desk.

    Where its rights have ended: 410. Where the original is missing or broken: a neutral picture, and a line in the log.
    """
    wanted = photos.Rendition.parse(name)
    if wanted is None:
        raise Http404
    now = timezone.now()
    shown = list(photos.shown(now).filter(hash=wanted.hash))
    same_file = shown or list(Photo.objects.filter(hash=wanted.hash))
    for_desk = not shown and request.user.has_perm("articles.view_photo")
    usable = same_file if for_desk else shown
    if not usable:
        if photos.placed(now).filter(hash=wanted.hash).exists():  # so its rights have ended
            return _placeholder(410)
        if newer := photos.successor(wanted.hash, now):
            return HttpResponseRedirect(photos.address(newer, *wanted.form))
        raise Http404
    if not any(photos.is_offered(photo, wanted) for photo in usable):
        raise Http404
    photo = next((photo for photo in usable if photos.rendition(photo, *wanted.form) == wanted), None)
    if photo is None:  # the focal point has moved since the page was printed, or the photo is not as wide
        return HttpResponseRedirect(photos.address(usable[0], *wanted.form))
    try:
        content, is_stored = photos.fetch(photo, wanted)
    except OSError:
        logger.exception("The file of photo %s (%s) is missing or broken", photo.uid, photo.file.name)
        return _placeholder(404)
    response = HttpResponse(content, content_type=photos.FORMATS[wanted.format][0])
    response["Cache-Control"] = "private, no-store" if for_desk else _keep(photo, now, is_stored)
    return response


def _keep(photo, now, is_stored):
    """A year, or until the rights end: the address changes with the picture, never with its rights.

    Shared caches ask again soon, since a story may be withdrawn. What could not be stored is asked for again by all.
    """
    if not is_stored:
        ends_at = photo.rights_end_at or now + datetime.timedelta(seconds=MEANWHILE)
        return f"public, max-age={min(MEANWHILE, int((ends_at - now).total_seconds()))}"
    if photo.rights_end_at is None:
        return f"public, max-age={A_YEAR}, s-maxage={SHARED}, immutable"
    left = int((photo.rights_end_at - now).total_seconds())
    return f"public, max-age={min(A_YEAR, left)}, s-maxage={min(SHARED, left)}"


def _placeholder(status):
    response = FileResponse(PLACEHOLDER.open("rb"), status=status, content_type="image/svg+xml")
    add_never_cache_headers(response)
    return response


@cache_control(public=True, max_age=A_YEAR, immutable=True)
def edition_colours(request, name):
    """The edition's accents as custom properties; the name changes with them."""
    edition = get_object_or_404(Edition, slug=name.rpartition("-")[0])
    if name != edition.colours_name:
        raise Http404
    return HttpResponse(edition.colours, content_type="text/css; charset=utf-8")
