"""Notes in the form of a story: read in its panel, and written by posts of their own, beside the save of the story."""

from .admin import KeepsNotes

__all__ = ["KeepsNotes"]
