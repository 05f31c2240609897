"""Checks of values that somebody sent. Pure."""

import re

from articles.models.plausible_times import YEARS

LONGEST_ID = 18  # digits; any such number fits both databases
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id(value):
    """Whether it can be the id of a row."""
    value = str(value)
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST_ID


def is_uid(value):
    """Whether it is a public id, as we write them."""
    return bool(_UID.fullmatch(str(value)))


def is_year(value):
    return is_id(value) and int(value) in YEARS
