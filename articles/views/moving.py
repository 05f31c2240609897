"""One hop from an address that was, or that somebody wrote otherwise, to the one that is."""

from django.http import Http404, HttpResponsePermanentRedirect


def moved(request, path):
    """Leads on with the query that was asked. Asked for again each time: another row may take the old address."""
    query = request.META["QUERY_STRING"]
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "public, max-age=0, s-maxage=1"
    return response


def by_slug(rows, slug):
    """The row whose address ends, or ended, in `slug`, however it is spelt; who has it goes before who had it."""
    row = rows.filter(slug=slug).first() or rows.filter(former_slugs__slug=slug).first()
    if row is None:
        raise Http404
    return row
