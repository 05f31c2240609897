"""Addresses of many rows. A list has one for each of its rows; `reverse` would look for each among all addresses."""

import functools

from django.contrib.admin.utils import quote
from django.urls import get_script_prefix, reverse


def of_row(name, key, *others):
    """`reverse(f"admin:{name}", args=[key, *others])` for a page of a row."""
    before, after = _around_id(name, others, get_script_prefix())
    return f"{before}/{quote(key)}/{after}"


@functools.cache
def _around_id(name, others, _prefix):
    before, _sample, after = reverse(f"admin:{name}", args=[0, *others]).rpartition("/0/")
    return before, after
