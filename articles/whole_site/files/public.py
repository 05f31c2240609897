"""Which of the addresses that were written may be public no more, asked of the database at once.

The walk through the site finds that, too, but it takes as long as the site is large: what was withdrawn, has expired or
whose rights have ended must not wait for it.
"""

import re
from urllib.parse import urlsplit

from articles import photos
from articles.models import Story

STORY = re.compile(r"/\d{4}/\d\d/\d\d/[^/]+/")
RENDITION, CARD = "/media/r/", "/media/c/"
AT_ONCE = 500


def gone(addresses, editions, at):
    """Those of the addresses that lead to a story that is not live, or to a picture that nothing shows.

    The addresses are of these editions.
    """
    stories = _live(editions, at)
    hashes = set(photos.shown(at).values_list("hash", flat=True))
    cards = {photos.card_address(story) for story in _carded(addresses, at)}
    for address in addresses:
        path = urlsplit(address).path
        if match := STORY.match(path):
            if (urlsplit(address).netloc, match[0]) not in stories:
                yield address
        elif path.startswith(RENDITION):
            rendition = photos.Rendition.parse(path.removeprefix(RENDITION))
            if rendition is None or rendition.hash not in hashes:
                yield address
        elif path.startswith(CARD) and path not in cards:
            yield address


def _live(editions, at):
    """{(host, path)} of all live stories."""
    found = set()
    for edition in editions:
        host = urlsplit(edition.absolute("/")).netloc
        for story in Story.objects.live(at).filter(edition=edition).only("day", "slug", "edition_id").iterator(AT_ONCE):
            found.add((host, story.get_absolute_url()))
    return found


def _carded(addresses, at):
    paths = [urlsplit(address).path for address in addresses]
    uids = {photos.card_uid(path.removeprefix(CARD)) for path in paths if path.startswith(CARD)} - {""}
    for first in range(0, len(ordered := sorted(uids)), AT_ONCE):
        yield from Story.objects.live(at).filter(uid__in=ordered[first : first + AT_ONCE]).select_related("edition")
