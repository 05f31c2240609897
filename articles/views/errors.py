"""What a reader sees when there is nothing else to show. No page of these can fail by itself."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from articles import rails
from articles.models import OldAddress, Story
from articles.models.correction import Kind


def bad_request(request, exception=None):
    return _plain(request, 400)


def forbidden(request, exception=None):
    return _plain(request, 403)


def not_found(request, exception=None):
    """In the edition's own frame, language and colours; a host of no edition has no frame.

    What stood at this address on the site that a story came from, is here, at another.
    """
    if getattr(request, "edition", None) is None:
        return _plain(request, 400)
    if story := came_from(request):
        return HttpResponsePermanentRedirect(story.get_absolute_url())
    response = render(request, "404.html", {"offered": rails.offered(request.edition, timezone.now())}, status=404)
    add_never_cache_headers(response)
    return response


def came_from(request):
    """The live story that came from a site where it stood at the address asked for; None if there is none."""
    if "\0" in request.path:  # PostgreSQL cannot be asked for one
        return None
    path = request.get_full_path()
    wanted = {path, request.path, request.path.rstrip("/"), f"{request.path.rstrip('/')}/"}
    old = OldAddress.objects.filter(edition=request.edition, path__in=[one for one in wanted if len(one) <= 500])
    return Story.objects.live(timezone.now()).filter(edition=request.edition, old_addresses__in=old).first()


def gone(request, story):
    """A story that was withdrawn: headline, reason and time stay, its text does not (rules.md D4)."""
    told = story.corrections.filter(kind=Kind.WITHDRAWAL).first()
    offered = rails.offered(request.edition, timezone.now())
    response = render(request, "410.html", {"story": story, "withdrawal": told, "offered": offered}, status=410)
    add_never_cache_headers(response)
    return response


def failed(request):
    return _plain(request, 500)


def _plain(request, status):
    """A page without a frame: the frame asks the database, which may be what failed."""
    page = loader.get_template(f"{status}.html").render({})
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response
