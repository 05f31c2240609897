"""Wrong day numbers of a running story. Pure."""

import re

from django.utils.translation import gettext as _

from .doubt import SOME, Doubt, short_date

COUNTED = ("headline", "short_headline", "standfirst")  # fields in which "Hari Ke-603" is the day of the running story
_DAY_NUMBER = re.compile(
    rf"(?<![\w-])(?:hari{SOME}ke[\s\xa0‐‑–-]{{0,3}}|(?P<english>day)[\s\xa0‑-]{{1,3}})"
    r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,2}|[0-9]{1,6})(?!\w|[.,]?[0-9])",
    re.I | re.A,
)


def wrong_day_numbers(text, day, day_one):
    """A doubt if a text names days of the running story, but not the right one."""
    right = (day - day_one).days + 1
    said = {int(re.sub("[.,]", "", match["number"])): match for match in _DAY_NUMBER.finditer(text)}
    if right in said:
        return
    # "Independence Day 2024" names a year.
    said = {count: match for count, match in said.items() if not match["english"] or abs(count - day.year) > 1}
    if not said:
        return
    quote = " ".join(said[min(said, key=lambda number: abs(number - right))][0].split())
    params = {"quote": quote, "day": short_date(day), "right": right, "day_one": short_date(day_one)}
    if right < 1:
        message = _("“%(quote)s”: the story goes live on %(day)s, before day 1 of its running story, %(day_one)s.")
    else:
        message = _("“%(quote)s”: %(day)s, when the story goes live, is day %(right)s. Day 1 was %(day_one)s.")
    yield Doubt("day_number", quote, message % params)
