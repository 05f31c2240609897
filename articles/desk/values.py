"""Checks of values that somebody sent. Pure."""

LONGEST_ID = 18  # digits; any such number fits both databases


def is_id(value):
    """Whether it can be the id of a row."""
    value = str(value)
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST_ID
