"""Working copies in the form of a story: what is typed is kept while somebody writes, and offered to them on return.

admin.py       what the form shows of them, and their addresses
views.py       keeping, looking, going on, dropping, taking over
once.py        one form makes one story
difference.py  how a copy differs from the story as it is stored
"""

from .admin import KeepsCopies

__all__ = ["KeepsCopies"]
