"""How often an address may ask for an answer that is made for it alone: a search, a page behind a cursor, a page of
another length. First pages come from the page cache and are not counted."""

from django.utils.translation import ngettext

from articles import limits

from .answering import Problem

ANSWERS = limits.Rate("API", at_once=60, every=1)


def count(request):
    """Count the request, once. Raises Problem with the seconds that it must wait."""
    if getattr(request, "is_counted", False):
        return
    request.is_counted = True
    if wait := ANSWERS.take(limits.address(request)):
        told = ngettext(
            "This address asks more often than is answered. Ask again in %(wait)s second.",
            "This address asks more often than is answered. Ask again in %(wait)s seconds.",
            wait,
        )
        raise Problem(429, told % {"wait": wait}, wait)
