"""The page of a preview link, for people without an account. Opened, it is the same for everybody and tells nothing:
the secret behind "#" is sent only when somebody presses the button (articles/notes/links.py).

The post needs no token against forgery: whoever sends it must know the secret, and it acts for nobody else.
"""

import re

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import limits, photos
from articles.models import Photo, Story
from articles.notes import links, outside
from articles.publishing import Refused
from articles.publishing.recorded import as_recorded
from articles.text import body

from . import media
from .story import show

TRIES = limits.Limit("preview link", free=20, longest=60)  # secrets that open nothing, from one address
OPENED = limits.Rate("preview opened", at_once=60, every=2)  # of one link
CODE = "code"  # field of the post
_PHOTO = re.compile(rb"/media/r/(?=([0-9a-f]{32})-)")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request):
    if request.method != "POST":
        return _private(render(request, "articles/preview.html"))
    now = timezone.now()
    link = links.found(request.POST.get(CODE, "")[:200], request.edition, now)
    if OPENED.take(link.pk) if link else TRIES.take(limits.address(request)):
        return _private(render(request, "articles/preview.html", {"is_busy": True}, status=429))
    if link is None:
        return _private(render(request, "articles/preview.html", {"is_nothing": True}, status=404))
    if "note" in request.POST:
        return _private(_noted(request, link, now))
    links.opened(link, now, request)
    return _private(_shown(request, link, now))


def photo(request, sign, name):
    """A photo of the story of a link, by nothing but the link, and as long as it lasts."""
    link = links.found_by_photos(sign, request.edition, timezone.now())
    requested = photos.Rendition.parse(name)
    if link is None or requested is None:
        raise Http404
    story, _revision = _story(link)
    usable = [one for one in _photos(story) if one.hash == requested.hash and photos.is_offered(one, requested)]
    if not usable:
        raise Http404
    return _private(media.picture(usable[0], requested))


def _noted(request, link, now):
    posted = request.POST
    typed = {"name": posted.get("name", "").replace("\0", ""), "text": posted.get("text", "").replace("\0", "")}
    try:
        number = outside.number_of(link, posted["note"])
        outside.write(link, now, typed["name"], typed["text"], "agrees" in posted, number, request)
    except Refused as refused:
        return _shown(request, link, now, typed=typed, refusal=str(refused))
    return _shown(request, link, now, is_noted=True)


def _shown(request, link, now, **outcome):
    story, revision = _story(link)
    outsider = {
        "link": link,
        "secret": request.POST[CODE],
        "revision": outside.shown_by(link, revision),
        "ends_at": link.ends_at,
        **outcome,
    }
    request.GET = request.GET.copy()
    request.GET.setlist("page", ["all"])
    response = show(request, story, now, is_preview=True, outsider=outsider)
    hashes = {one.hash.encode() for one in _photos(story)}
    folder = f"/preview/photo/{links.of_photos(link)}/".encode()
    response.content = _PHOTO.sub(lambda found: folder if found[1] in hashes else found[0], response.content)
    return response


def _story(link):
    """(the story as the link shows it, its revision or None)"""
    story, revision = Story.objects.for_page().get(pk=link.story_id), links.shown(link)
    if link.revision_number is not None and revision:
        as_recorded(story, revision)
    return story, revision


def _photos(story):
    """The photos at its head, in its gallery and in its text."""
    uids = body.references(body.clean(story.body)).photos
    beside = [use.photo for use in story.gallery.all()]
    return [*filter(None, [story.lead_photo]), *beside, *(Photo.objects.filter(uid__in=uids) if uids else ())]


def _private(response):
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
