"""Files of ninjs: an object, an array, JSON Lines, objects one after another, or an envelope of an API."""

from ..streams.json_values import values, values_at
from ..values.item import Refusal
from . import envelopes
from .reading import to_entry


def read(file, zone):
    """(position, entry) of each object: see item.py. Raises Refusal."""
    keys = envelopes.holder(file.peek())
    for position, value in values_at(file, keys) if keys else values(file):
        yield position, _entry(value, zone)


def _entry(data, zone):
    if isinstance(data, Refusal):
        return data
    try:
        return to_entry(envelopes.unwrapped(data), zone)
    except Refusal as refusal:
        return refusal
