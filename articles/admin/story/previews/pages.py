"""The pages of a preview of what is typed: the story's own, its line among search results, its card in a chat."""

import base64

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from articles import permissions, photos
from articles.listings.paging import page_query
from articles.models import Edition, Story
from articles.structured_data import open_graph
from articles.views.story import show

from . import typed

LOOK = "look"  # field of the post: one of CARDS, else the story's page
CARDS = ("search", "card")


def of_new(model_admin, request):
    """The preview of a story that is not saved yet."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    return _shown(model_admin, request, typed.new(model_admin.edition_at_first(request)))


def of_stored(model_admin, request, pk):
    """The preview of a stored story with what is typed in its form; without the right to change it, as it is stored.

    It is no entry of the audit log: whoever sees it has the story's form open, and has typed the rest.
    """
    own = permissions.stories(request.user)
    story = get_object_or_404(Story.objects.for_page().filter(pk__in=own.values("pk")), pk=pk)
    return _shown(model_admin, request, story)


def _shown(model_admin, request, story):
    now = timezone.now()
    stored = story if story.pk else None
    request.times_of = story.edition
    with timezone.override(story.edition.zone):
        if stored is None or model_admin.has_change_permission(request, stored):
            typed.fill(model_admin, request, story, now)
    request.GET = QueryDict(page_query(None).removeprefix("?"))  # the whole text, which readers get in pages
    request.edition = edition = Edition.objects.for_page().get(pk=story.edition_id)
    if (look := request.POST.get(LOOK)) in CARDS:
        response = _card(request, story, look, now)
    else:
        with translation.override(edition.language), timezone.override(edition.zone):
            response = show(request, story, now, is_preview=True)
    response["X-Robots-Tag"] = "noindex"
    response["X-Preview"] = "typed"
    add_never_cache_headers(response)
    return response


def _card(request, story, look, now):
    context = {"story": story, "look": look, "address": story.edition.absolute(story.get_absolute_url())}
    if look == "card":
        context |= _picture(story, now)
    return render(request, "admin/articles/story/preview_card.html", context)


def _picture(story, now):
    """The picture that will stand beside a link: the part of the photo, or else the card, drawn of what is typed."""
    if photo := open_graph.shared_photo(story, now):
        (address, (width, height)), alt = open_graph.crop(photo), photo.alt
    else:
        (width, height), drawn = photos.CARD, base64.b64encode(photos.drawn_card(story)).decode()
        address, alt = f"data:image/png;base64,{drawn}", ""  # its words stand below it
    return {"picture": address, "width": width, "height": height, "alt": alt}
