"""What stands beside a page: renditions of photos, and the colours of an edition."""

import logging

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control

from articles import photos
from articles.models import Edition, Photo

logger = logging.getLogger(__name__)

PLACEHOLDER = settings.ROOT / "static" / "site" / "no-picture.svg"


def rendition(request, name):
    """A rendition, made on its first request.

    Where the original is missing or broken: a neutral picture, and a line in the log.
    """
    wanted = photos.Rendition.parse(name)
    if wanted is None:
        raise Http404
    same_file = list(Photo.objects.filter(hash=wanted.hash))
    if not same_file:
        raise Http404
    photo = next((photo for photo in same_file if photos.rendition(photo, *wanted.form) == wanted), None)
    if photo is None:  # the focal point has moved since the page was printed
        return HttpResponseRedirect(photos.address(same_file[0], *wanted.form))
    try:
        content = photos.fetch(photo, wanted)
    except OSError:
        logger.exception("The file of photo %s (%s) is missing or broken", photo.uid, photo.file.name)
        return _placeholder()
    response = HttpResponse(content, content_type=photos.FORMATS[wanted.format][0])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _placeholder():
    response = FileResponse(PLACEHOLDER.open("rb"), status=404, content_type="image/svg+xml")
    add_never_cache_headers(response)
    return response


@cache_control(public=True, max_age=31536000, immutable=True)
def edition_colours(request, name):
    """The edition's accents as custom properties; the name changes with them."""
    edition = get_object_or_404(Edition, slug=name.rpartition("-")[0])
    if name != edition.colours_name:
        raise Http404
    return HttpResponse(edition.colours, content_type="text/css; charset=utf-8")
