"""Times as the wire writes them. Pure."""

import datetime
import email.utils

from django.utils.dateparse import parse_date, parse_datetime

EARLIEST, LATEST = 1900, 2199


def moment(written, zone):
    """(time, has_zone): what an ISO 8601 or RFC 822 date tells, aware; without a zone it is taken to be in `zone`.

    (None, True) for an empty text. Raises ValueError for what is no date, or lies outside the years 1900 to 2199.
    """
    written = (written or "").strip()
    if not written:
        return None, True
    try:
        found = parse_datetime(written)
    except (ValueError, OverflowError):
        raise ValueError(written) from None
    if found is None and (day := _day(written)):
        found = datetime.datetime.combine(day, datetime.time())
    if found is None:
        try:
            found = email.utils.parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            raise ValueError(written) from None
    if not EARLIEST <= found.year <= LATEST:
        raise ValueError(written)
    if found.tzinfo:
        return found, True
    return found.replace(tzinfo=zone), False


def _day(written):
    try:
        return parse_date(written)
    except ValueError:
        return None
