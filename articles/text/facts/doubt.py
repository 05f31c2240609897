"""A doubt about a fact, and helpers that the checks share. Pure."""

from typing import NamedTuple

GAP, SOME = r"[\s\xa0]{0,3}", r"[\s\xa0]{1,3}"


class Doubt(NamedTuple):
    kind: str  # "weekday", "date", "day_number" or "name"
    quote: str
    message: str

    @property
    def key(self):
        """Identifies the doubt when a person overrules it: the same words, for the same reason."""
        return f"{self.kind}:{self.quote}"


def before(match, reach):
    return match.string[max(0, match.start() - reach) : match.start()]


def short_date(real):
    return f"{real.day}/{real.month}/{real.year}"
