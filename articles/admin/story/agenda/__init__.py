"""The agenda: stories that go live, leave embargo or expire, assignments that are due, and whatever blocks them."""

from .moving import page as move
from .pages import agenda

__all__ = ["agenda", "move"]
