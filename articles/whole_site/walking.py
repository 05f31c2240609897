"""Every public address that readers and machines are led to, from the front pages on."""

import collections
from urllib.parse import urlsplit

from articles.models import Edition

from . import links

STARTS = ("/", "/robots.txt", "/sitemap.xml", "/sitemap-news.xml", "/feed/", "/feed/atom/", "/feed/json/", "/masthead/")


def hosts(editions):
    """The hosts of these editions, with their port, as addresses name them."""
    return {urlsplit(edition.absolute("/")).netloc for edition in editions}


def starts(editions):
    return [edition.absolute(path) for path in STARTS for edition in editions]


def walk(ask, editions=None, known=(), is_wanted=lambda address: True):
    """(address, Answer) of every address, once; `known` come first, and lead on like the others.

    `ask` gives the Answer at an address. `is_wanted` may leave one out; it is asked once for each address.
    """
    editions = list(Edition.objects.all()) if editions is None else editions
    ours, to_do, seen = hosts(editions), collections.deque([*known, *starts(editions)]), set()
    while to_do:
        address = to_do.popleft()
        if address in seen:
            continue
        seen.add(address)
        if not links.is_public_page(address, ours) or not is_wanted(address):
            continue
        answer = ask(address)
        yield address, answer
        to_do += [one for one in links.references(address, answer) if one not in seen]
