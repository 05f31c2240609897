"""Doubts about the facts in a story, and marks of unfinished work. Pure: words and dates in, tuples out.

A doubt is not an error: a person may overrule it by its key. A check that cannot decide stays silent.
"""

from .dates import wrong_dates
from .day_numbers import COUNTED, wrong_day_numbers
from .doubt import Doubt
from .names import misspelt_names
from .unfinished import leftovers

__all__ = ["Doubt", "doubts", "leftovers"]


def doubts(texts, day=None, day_one=None):
    """Facts in the texts that are wrong, or probably wrong: a list of Doubt without duplicates. Never raises.

    `texts`: the words without markup, by field: "headline", "standfirst", "body" … `day`: the date on which the story
    goes live in its edition. `day_one`: the first day of its running story.
    """
    every = [doubt for text in texts.values() for doubt in wrong_dates(text, day)]
    if day and day_one:
        every += [doubt for field in COUNTED for doubt in wrong_day_numbers(texts.get(field, ""), day, day_one)]
    every += misspelt_names(texts)
    return list({doubt.key: doubt for doubt in every}.values())
