"""A page for readers, whole or as text alone (`?view=text`)."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import structured_data
from articles.delivery import style
from articles.listings.paging import ahead, page_query
from articles.text import portions


def is_text(request):
    return portions.asked(request.GET.get("view")) is not None


def said(request, title, words="", query=""):
    """What a page that is no story and no list of stories says of itself: where it is, and to machines."""
    edition, canonical = request.edition, request.edition.absolute(request.path + query)
    return {
        "canonical": canonical,
        "structured": [structured_data.breadcrumbs(edition, None, (title, canonical))],
        "shared": structured_data.open_graph.of_page(edition, canonical, title, words, at=timezone.now()),
    }


def shown(request, page, context, status=200):
    """The page of the template articles/<page>.html, or that of articles/text/<page>.html."""
    address = _address(request, context) if status == 200 else ""  # an error page does not repeat what was asked
    number = portions.asked(request.GET.get("view"))
    if number is None:
        context = {**context, "as_text": portions.as_text(address)}
        response = render(request, f"articles/{page}.html", context, status=status)
        response["Link"] = style.hint(request.edition)
        return ahead(response, context.get("pager"))
    told = render_to_string(f"articles/text/{page}.html", context, request).split(portions.BETWEEN)
    heading, *pieces = (mark_safe(piece.strip() + "\n") for piece in told if piece.strip())  # noqa: S308 - rendered
    every = portions.portions(pieces)
    if number > len(every):
        if status == 200:
            raise Http404
        number = 1  # an error has no page of its own to be missing
    context = {
        **context,
        "heading": mark_safe(heading.strip()),  # noqa: S308 - rendered
        "portion": mark_safe(every[number - 1]),  # noqa: S308 - rendered, and escaped where it was cut
        "number": number,
        "total": len(every),
        "before": portions.as_text(address, number - 1) if number > 1 else "",
        "behind": portions.as_text(address, number + 1) if number < len(every) else "",
        "whole": address or "?",
    }
    return render(request, "text.html", context, status=status)


def _address(request, context):
    return request.path + page_query(_number(context), context.get("query", ""))


def _number(context):
    """The page of a list. A story as text is always whole."""
    pager = context.get("pager")
    return pager.number if pager and "blocks" not in context else 1
