"""Reads HTML of any kind: tokens.py → lines.py → blocks.py. Pure, never raises, in linear time."""

from .blocks import BLOCKS, is_apart, numbered, read
from .columns import Columns
from .lines import ALIASES, MARKS, empty_cells, escaped
from .tokens import DROPPED, Tokens, attributes, decoded

__all__ = [
    "ALIASES", "BLOCKS", "Columns", "DROPPED", "MARKS",
    "Tokens", "attributes", "decoded", "empty_cells", "escaped", "is_apart", "numbered", "read",
]  # fmt: skip
