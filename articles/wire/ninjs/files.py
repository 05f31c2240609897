"""Files of ninjs: an object, an array, JSON Lines, or objects one after another."""

from ..streams.json_values import values
from ..values.item import Refusal
from .reading import to_entry


def read(file, zone):
    """(position, entry) of each object: see item.py. Raises Refusal."""
    for position, value in values(file):
        yield position, _entry(value, zone)


def _entry(data, zone):
    if isinstance(data, Refusal):
        return data
    try:
        return to_entry(data, zone)
    except Refusal as refusal:
        return refusal
