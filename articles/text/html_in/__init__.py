"""Reads HTML of any kind: tokens.py → lines.py → blocks.py, tables.py. Pure, never raises, in linear time."""

from . import tables
from .blocks import read
from .columns import Columns
from .elements import BLOCKS, is_apart, is_in_no_cell, numbered
from .lines import ALIASES, MARKS, empty_cells, escaped
from .tokens import DROPPED, Tokens, attributes, decoded

__all__ = [
    "ALIASES", "BLOCKS", "Columns", "DROPPED", "MARKS",
    "Tokens", "attributes", "decoded", "empty_cells", "escaped", "is_apart", "is_in_no_cell", "numbered",
    "read", "tables",
]  # fmt: skip
