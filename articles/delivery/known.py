"""What of a query changes a page: only that is a part of the page's name in the cache."""

import functools
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

from articles.text import portions

LONG = 300  # characters from which an address is not cached: a client may make it as long as it likes


def known(path, query):
    return (_known if len(path) + len(query) < LONG else _known.__wrapped__)(path, query)


@functools.lru_cache(10_000)
def _known(path, query):
    """The parameters of a query that the view at `path` knows, in one order: the others do not change the page."""
    try:
        names = getattr(resolve(path).func, "known_query", None)
    except Resolver404:
        return query
    if names is None:
        return query
    return urlencode(
        sorted(
            (name, value)
            for name, value in dict(parse_qsl(query, keep_blank_values=True)).items()
            if name in names and (name != "view" or portions.VIEW.fullmatch(value))
        )
    )
