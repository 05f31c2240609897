"""Redirects from a former address, or from another spelling of an address, in one hop."""

from django.http import Http404, HttpResponsePermanentRedirect


def moved(request, path):
    """Redirect with the query of the request. It is asked for again, because another row may take the old address."""
    query = request.META["QUERY_STRING"]
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "public, max-age=0, s-maxage=1"
    return response


def by_slug(rows, slug):
    """The row that has this slug in any spelling, or else the row that had it. Raises Http404."""
    row = rows.filter(slug=slug).first() or rows.filter(former_slugs__slug=slug).first()
    if row is None:
        raise Http404
    return row
