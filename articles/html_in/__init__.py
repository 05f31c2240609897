"""HTML of any kind, taken in: tokens.py → lines.py → blocks.py. Pure, never raises, in linear time."""

from .blocks import BLOCKS, numbered, read
from .lines import MARKS, escaped
from .tokens import DROPPED, attributes, decoded

__all__ = ["BLOCKS", "DROPPED", "MARKS", "attributes", "decoded", "escaped", "numbered", "read"]
