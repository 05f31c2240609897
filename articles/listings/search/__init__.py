"""Search: a question is read (question.py), asked of the database (engines.py), and its stories are found."""

from .finding import find, find_live, holding, named

__all__ = ["find", "find_live", "holding", "named"]
