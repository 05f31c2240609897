"""The page, and the poll that keeps it fresh."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _

from articles.desk import kept_posts

from . import blocks, changes
from .roles import home_of


def page(site, request):
    home, now = home_of(request.user), timezone.now()
    tag = quote_etag(changes.tag(request.user, home, now))  # before the rows are read: then a change is never missed
    context = {**site.each_context(request), "title": _("Today"), "tag": tag, **_context(request, home, now)}
    return TemplateResponse(request, "admin/index.html", context)


def state(request):
    """The blocks; 304 if nothing has changed since the tag in If-None-Match. It touches no session."""
    home, now = home_of(request.user), timezone.now()
    tag = quote_etag(changes.tag(request.user, home, now))
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in known:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = TemplateResponse(request, "admin/home/_blocks.html", _context(request, home, now))
    response["ETag"] = tag
    return response


def _context(request, home, now):
    main, pairs, side = blocks.columns(request, home, now)
    return {
        "main": main,
        "pairs": pairs,
        "side": side,
        "now": now,
        "whose": kept_posts.whose(request.user),
        "whose_field": kept_posts.WHOSE,
    }
