"""Cursors: where the next page of a list begins. Only a page of the same list gives one; any other is refused. Pure."""

import base64
import binascii
import hmac

from django.utils.crypto import salted_hmac

LONGEST = 120  # letters of a cursor
SEAL = 9  # bytes
SALT = "articles.listings.cursors"


class Unknown(ValueError):
    """No page of this list gave that cursor."""


def write(of_list, *place):
    """The cursor of a place, a row of texts and numbers. `of_list`: the name of the list, with all that narrows it."""
    told = "\n".join(map(str, place)).encode()
    return _letters(_seal(of_list, told) + told)


def read(of_list, cursor):
    """The place as texts. Raises Unknown."""
    if len(cursor) > LONGEST or not cursor.isascii():
        raise Unknown
    try:
        sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Unknown from None
    seal, told = sealed[:SEAL], sealed[SEAL:]
    if not told or _letters(sealed) != cursor or not hmac.compare_digest(seal, _seal(of_list, told)):
        raise Unknown
    return told.decode().split("\n")


def _letters(sealed):
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _seal(of_list, told):
    return salted_hmac(f"{SALT}:{of_list}", told, algorithm="sha256").digest()[:SEAL]
