"""The pages of a preview of what is typed: the story's own, its line among search results, its card in a chat."""

import base64

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from articles import limits, permissions, photos, publishing
from articles.database.compiled import prefetched
from articles.listings.paging import page_query
from articles.models import Edition, Story
from articles.models.story_queryset import PARTS
from articles.structured_data import open_graph
from articles.views import errors
from articles.views.story import show

from ..paper import typed

LOOK = "look"  # field of the post: one of CARDS, else the story's page
CARDS = ("search", "card")
LOOKED = limits.RateHere(at_once=120, every=1)  # previews of one account
NOT_STORED = 0  # the id of a story without a row: no row has it


def of_new(model_admin, request):
    """The preview of a story that is not saved yet."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    story = Story(pk=NOT_STORED, edition=model_admin.edition_at_first(request))
    for name in PARTS:
        prefetched(story, name, [])
    return _shown(model_admin, request, story)


def of_stored(model_admin, request, pk):
    """The preview of a stored story with what is typed in its form; without the right to change it, as it is stored.

    It is no entry of the audit log: whoever sees it has the story's form open, and has typed the rest.
    """
    own = permissions.stories(request.user)
    story = get_object_or_404(Story.objects.for_page().filter(pk__in=own.values("pk")), pk=pk)
    return _shown(model_admin, request, story)


def _shown(model_admin, request, story):
    if LOOKED.take(str(request.user.pk)):
        return errors.page(request, 429)
    now = timezone.now()
    stored = story if story.pk else None
    request.times_of = story.edition
    with timezone.override(story.edition.zone):
        if stored is None or model_admin.has_change_permission(request, stored):
            _fill(story, typed.of(model_admin, request, stored, story).rows, now)
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


def _fill(story, rows, at):
    """Give the story the rows of its form, and the times and address that it would have if released at `at`."""
    for name, typed_rows in rows.items():
        prefetched(story, name, typed_rows)
    story.slug = story.slug or story._meta.get_field("slug").slug_from(story.headline)
    publishing.set_day(story, at)
    story.live_from = publishing.begins(story, at)


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
