"""The search of readers."""

from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import limits
from articles.listings import rails, search
from articles.models import Edition
from articles.text import letters

from .showing import said, shown

LONGEST = 200  # letters of a question, and of a filter
# Of one address, and in each worker; telephones of one network may share an address.
ASKED = limits.RateHere(at_once=240, every=0.25)
FIELDS = ("section", "person", "tag", "series", "since", "until")


def found(request):
    """The stories that answer `?q=`, narrowed by the fields beside it; a question that cannot be asked is told why."""
    given = {name: letters.line(request.GET.get(name, "")[:LONGEST]) for name in ("q", *FIELDS)}
    words, chosen = given.pop("q"), given
    is_network = request.GET.get("network") == "1"
    order = search.NEWEST if request.GET.get("order") == search.NEWEST else search.BEST
    context = {
        "words": words,
        "chosen": chosen,
        "order": order,
        "is_network": is_network,
        "search_page": True,
        "stories": [],
    }
    context["title"] = _("Search: %(words)s") % {"words": words} if words else _("Search")
    context["is_narrowed"] = is_network or order == search.NEWEST or any(chosen.values())
    filters = [(name, value) for name, value in chosen.items() if value]
    narrowed = [*filters, *[("order", order)] * (order == search.NEWEST), *[("network", "1")] * is_network]
    context["query"] = urlencode([*[("q", words)] * bool(words), *narrowed])
    if not context["query"]:
        context |= said(request, context["title"])
    if wait := ASKED.take(limits.address(request)) if words or filters else 0:
        return _too_often(request, context, wait)
    try:
        context |= _answered(request, words, filters, order, is_network)
    except search.Refused as refused:
        context["refused"] = refused
    answer = context.get("answer")
    if answer:
        context["left_out"] = ", ".join(f"“{word}”" for word in answer.left_out)
    if answer and answer.meant:
        context["meant"] = urlencode([("q", answer.meant), *narrowed])
    if not context.get("results"):
        context["offered"] = rails.offered(request.edition, timezone.now())
    return shown(request, "search", context, status=400 if "refused" in context else 200)


def _too_often(request, context, wait):
    message = ngettext(
        "Too many searches come from where you are. Try again in %(count)s second.",
        "Too many searches come from where you are. Try again in %(count)s seconds.",
        wait,
    )
    response = shown(request, "search", {**context, "refused": message % {"count": wait}}, status=429)
    response["Retry-After"] = wait
    return response


def _answered(request, words, filters, order, is_network):
    now = timezone.now()
    editions = [request.edition]
    if is_network:
        editions = list(Edition.objects.filter(network=request.edition.network).prefetch_related("sections"))
    answer = search.answer(words, editions, now, filters, order, request.GET.get("after", "")[:LONGEST])
    stories = rails.pick(rails.cards(now, answer.ids), answer.ids, most=search.A_PAGE) if answer.ids else []
    return {
        "answer": answer,
        "stories": stories,
        "results": search.excerpts(stories, answer.asked.terms),
    }
