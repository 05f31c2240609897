"""Who is told of what: a word to each person whom an act concerns, written in the transaction of the act.

whom.py     the rules: whom each act concerns
notices.py  the rows, and whether they are sent by e-mail too
words.py    what a notice says
mail.py     the e-mails: at once, and once a day
"""

from .notices import mark_seen, tell, unseen
from .whom import (
    of_answered,
    of_assigned,
    of_called_off,
    of_change_refused,
    of_move,
    of_note,
    of_proposed,
    of_words_lost,
)

__all__ = [
    "mark_seen",
    "of_answered",
    "of_assigned",
    "of_called_off",
    "of_change_refused",
    "of_move",
    "of_note",
    "of_proposed",
    "of_words_lost",
    "tell",
    "unseen",
]
