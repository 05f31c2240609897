"""Files of a page: renditions of photos, and the look of an edition."""

import datetime
import logging

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from articles import photos
from articles.delivery import style
from articles.models import Edition, Photo, Story
from articles.tracking import cacheable

logger = logging.getLogger(__name__)

A_YEAR, SHARED = 31_536_000, 600
MEANWHILE = 60  # seconds for which caches may keep a rendition that could not be stored
PLACEHOLDER = settings.ROOT / "static" / "site" / "no-picture.svg"


def rendition(request, name):
    """A rendition, made on its first request, for readers of a page that shows it and for the desk.

    If its rights have ended: 410. If the original is missing or broken: a neutral picture, and a line in the log.
    """
    requested = photos.Rendition.parse(name)
    if requested is None:
        raise Http404
    now = timezone.now()
    shown = list(photos.shown(now).filter(hash=requested.hash))
    same_file = shown or list(Photo.objects.filter(hash=requested.hash))
    for_desk = not shown and request.user.has_perm("articles.view_photo")
    usable = same_file if for_desk else shown
    if not usable:
        return _without_photo(requested, now)
    if not any(photos.is_offered(photo, requested) for photo in usable):
        raise Http404
    photo = next((photo for photo in usable if photos.rendition(photo, *requested.form) == requested), None)
    if photo is None:  # the focal point moved after the page was rendered, or the photo is narrower
        return HttpResponseRedirect(photos.address(usable[0], *requested.form))
    return picture(photo, requested, lambda is_stored: _keep(photo.rights_end_at, now, is_stored), for_desk)


def picture(photo, requested, kept=None, is_private=True):
    """The picture of a photo. `kept`: how long caches keep it, by whether it was stored."""
    try:
        content, is_stored = photos.fetch(photo, requested)
    except OSError:
        logger.exception("The file of photo %s (%s) is missing or broken", photo.uid, photo.file.name)
        return _placeholder(404)
    response = HttpResponse(content, content_type=photos.FORMATS[requested.format][0])
    response["Cache-Control"] = "private, no-store" if is_private else kept(is_stored)
    return response


def _without_photo(requested, now):
    if photos.placed(now).filter(hash=requested.hash).exists():  # a public page has it, so its rights have ended
        return _placeholder(410)
    if newer := photos.successor(requested.hash, now):
        return HttpResponseRedirect(photos.address(newer, *requested.form))
    raise Http404


def card(request, name):
    """The drawn card of a live story; 410 if the story was withdrawn. Its former cards lead to the one of now."""
    uid, now = photos.card_uid(name), timezone.now()
    stories = Story.objects.filter(edition=request.edition, uid=uid or None)
    story = stories.live(now).select_related("edition").first()
    if story is None and stories.withdrawn(now).exists():
        return _placeholder(410)
    if story is None:
        raise Http404
    address = photos.card_address(story)
    if address != request.path:
        return HttpResponseRedirect(address)
    content, is_stored = photos.fetch_card(story)
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = _keep(story.expires_at, now, is_stored)
    return response


def _keep(ends_at, now, is_stored):
    """A year, or until `ends_at`, because the address changes with the picture and not with its rights.

    Shared caches ask again soon, because a story may be withdrawn. All ask again for a rendition that was not stored.
    """
    if not is_stored:
        ends_at = ends_at or now + datetime.timedelta(seconds=MEANWHILE)
        return f"public, max-age={min(MEANWHILE, int((ends_at - now).total_seconds()))}"
    if ends_at is None:
        return f"public, max-age={A_YEAR}, s-maxage={SHARED}, immutable"
    left = int((ends_at - now).total_seconds())
    return f"public, max-age={min(A_YEAR, left)}, s-maxage={min(SHARED, left)}"


def _placeholder(status):
    response = FileResponse(PLACEHOLDER.open("rb"), status=status, content_type="image/svg+xml")
    add_never_cache_headers(response)
    return response


@cacheable()
def edition_style(request, name):
    """The look in the edition's colours. The file's name changes with it; a page that some cache still has finds it."""
    edition = get_object_or_404(Edition, slug=name.rpartition("-")[0])
    if name != style.name(edition):
        return HttpResponseRedirect(style.address(edition))
    response = HttpResponse(style.sheet(edition), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
