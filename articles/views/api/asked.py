"""What the query of a request asks for: the format, how many, and where a page begins."""

import re
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from articles import tracking
from articles.listings import cursors, search
from articles.text import letters

from . import often
from .answering import Problem

NINJS, JSON_FEED = "ninjs", "jsonfeed"
FORMATS = (NINJS, JSON_FEED)
A_PAGE, MOST = 20, 50
LONGEST = 200  # letters of a slug
_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


def chosen_format(request):
    asked = request.GET.get("format", NINJS)
    if asked not in FORMATS:
        raise Problem(400, _("The format is “ninjs” or “jsonfeed”."))
    return asked


def order(request):
    asked = request.GET.get("order", search.BEST)
    if asked not in (search.BEST, search.NEWEST):
        raise Problem(400, _("The order is “best” or “newest”."))
    return asked


def is_of_network(request):
    asked = request.GET.get("network")
    if asked not in (None, "1"):
        raise Problem(400, _("The network is “1”, or is not asked for."))
    return asked == "1"


def limit(request):
    """How many rows a page has. Only pages of the usual length are cached, because anybody can ask for any other."""
    asked = request.GET.get("limit")
    if asked is None:
        return A_PAGE
    tracking.no_store()
    often.count(request)
    if not _NUMBER.fullmatch(asked) or int(asked) > MOST:
        raise Problem(400, _("The limit is a number from 1 to %(most)s.") % {"most": MOST})
    return int(asked)


def place(request, of_list):
    """The place behind which the page begins, as texts; None for the first page, which alone is cached."""
    cursor = request.GET.get("cursor")
    if cursor is None:
        return None
    tracking.no_store()
    often.count(request)
    try:
        return cursors.read(of_list, cursor)
    except cursors.Unknown:
        raise Problem(400, _("No page of this list gave that cursor. Begin with its first page.")) from None


def following(request, of_list, *place):
    """The address of the page that begins behind that place."""
    kept = [(name, value) for name, value in request.GET.items() if name in request.resolver_match.func.known_query]
    query = urlencode([(name, value) for name, value in kept if name != "cursor"])
    cursor = f"cursor={cursors.write(of_list, *place)}"
    return request.edition.absolute(f"{request.path}?{query}&{cursor}" if query else f"{request.path}?{cursor}")


def name_of(request, *parts):
    """The name of a list, of which cursors are told apart."""
    return "\n".join(map(str, (request.edition.pk, request.path, *parts)))


def is_slug(text):
    return 0 < len(text) <= LONGEST and text == letters.slug(text)
