"""Searches for the dialogs of the text editor: stories and photos by words, or by the uids in a text."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse

from articles.text import letters

MOST = 20


def answer(model_admin, request, rows, show, first=None):
    """`?uid=…` (several) finds rows by uid, `?q=…` searches as the desk does; without either, the first of `rows()`.

    `first(words, most)`: the rows in the place of those of `rows()`, which a large archive cannot order.
    """
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()[:200]
    if "uid" in request.GET:
        found = rows().filter(uid__in=_uids(request.GET.getlist("uid")[:MOST]))
    elif first:
        found = first(words, MOST)
    else:
        found = model_admin.get_search_results(request, rows(), words)[0] if words else rows()
    response = JsonResponse({"results": [show(row) for row in found[:MOST]]})
    response["Cache-Control"] = "private, no-store"
    return response


def best_first(stories, words):
    """The stories whose headline begins with the words, then those whose headline has them, then those whose text has.

    Within each kind they stay in their order.
    """
    whole = letters.folded(words)

    def rank(story):
        headline = letters.folded(story.headline)
        return 0 if headline.startswith(whole) else 1 if all(word in headline for word in whole.split()) else 2

    return sorted(stories, key=rank) if whole else stories


def _uids(values):
    uids = []
    for value in values:
        try:
            uids.append(uuid.UUID(value))
        except ValueError:
            continue
    return uids
