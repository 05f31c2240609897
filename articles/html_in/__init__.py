"""HTML of any kind, taken in: tokens.py → lines.py → blocks.py. Pure, never raises, in linear time."""

from .blocks import BLOCKS, numbered, read
from .tokens import decoded

__all__ = ["BLOCKS", "decoded", "numbered", "read"]
