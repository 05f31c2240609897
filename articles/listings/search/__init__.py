"""Search: a question is read (question.py), asked of the database (engines.py), and its stories are ranked.

candidates and links    which stories meet it: by their texts, by tags, people, running stories and captions
partial              where none meets it: those that have most of its words
ranking and matching    which of them answer it better
spelling                what may have been meant by words that find little
excerpts                what is shown of them, with the hits marked
answering               a page of them, for readers
finding                 a condition of a queryset, for the desk
"""

from .answering import A_PAGE, BEST, NEWEST, answer
from .excerpts import excerpts
from .finding import best_first, find, holding, is_frequent_name, named, newest_named
from .refused import Refused

__all__ = [
    "A_PAGE", "BEST", "NEWEST", "Refused", "answer", "best_first", "excerpts", "find", "holding", "is_frequent_name",
    "named", "newest_named",
]  # fmt: skip
