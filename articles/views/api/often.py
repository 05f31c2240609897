"""How often an address may ask for an answer that is made for it alone: a search, a page behind a cursor, a page of
another length. First pages come from the page cache and are not counted."""

import datetime

from django.utils.translation import ngettext

from articles import limits

from .answering import Problem

# Sixty at once, then one a second; a minute of silence makes it sixty again.
ANSWERS = limits.Limit("API", free=60, longest=1, forgotten_after=datetime.timedelta(minutes=1))


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
