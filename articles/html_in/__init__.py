"""HTML of any kind, taken in: tokens.py → lines.py → blocks.py. Pure, never raises, in linear time."""

from .blocks import BLOCKS, numbered, read, uid
from .lines import MARKS, empty_cells, escaped
from .tokens import DROPPED, attributes, decoded

__all__ = ["BLOCKS", "DROPPED", "MARKS", "attributes", "decoded", "empty_cells", "escaped", "numbered", "read", "uid"]
