"""How the desk writes times: "29 Nov 2026, 20.00 WITA", and "12 menit lalu" beside it where the age matters.

A time is in the zone of its edition, or without one in the zone of the desk's host. Fields that Django's lists and
forms show by themselves follow newsroom/formats/, which write the same.
"""

from django.utils import dateformat, timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DAY = "j M Y"  # of a date, which has no clock
MINUTE, HOUR, A_DAY, MONTH, YEAR = 60, 3_600, 86_400, 2_629_800, 31_557_600  # seconds
# (seconds, words for a time that has passed, words for one to come), the longest first
UNITS = [
    (
        YEAR,
        lambda count: ngettext("%(count)s year ago", "%(count)s years ago", count),
        lambda count: ngettext("in %(count)s year", "in %(count)s years", count),
    ),
    (
        MONTH,
        lambda count: ngettext("%(count)s month ago", "%(count)s months ago", count),
        lambda count: ngettext("in %(count)s month", "in %(count)s months", count),
    ),
    (
        A_DAY,
        lambda count: ngettext("%(count)s day ago", "%(count)s days ago", count),
        lambda count: ngettext("in %(count)s day", "in %(count)s days", count),
    ),
    (
        HOUR,
        lambda count: ngettext("%(count)s hour ago", "%(count)s hours ago", count),
        lambda count: ngettext("in %(count)s hour", "in %(count)s hours", count),
    ),
    (
        MINUTE,
        lambda count: ngettext("%(count)s minute ago", "%(count)s minutes ago", count),
        lambda count: ngettext("in %(count)s minute", "in %(count)s minutes", count),
    ),
]


def absolute(at, edition=None):
    """29 Nov 2026, 20.00 WITA."""
    here = _here(at, edition)
    return f"{_day(here)}, {_clock(here)}"


def day(at, edition=None):
    """29 Nov 2026: the day of a time, where the hour does not matter."""
    return _day(_here(at, edition))


def clock(at, edition=None):
    """20.00 WITA: beside a date."""
    return _clock(_here(at, edition))


def coming(at, edition=None, now=None):
    """Mon 30 Nov, 20.00 WITA: a time to come; with its year, unless it is this year."""
    here = _here(at, edition)
    is_this_year = here.year == _here(now or timezone.now(), edition).year
    return f"{dateformat.format(here, 'D j M' if is_this_year else 'D j M Y')}, {_clock(here)}"


def relative(at, now=None):
    """12 minutes ago, in 3 hours, just now. It says nothing of the day: `absolute` stands beside it."""
    seconds = ((now or timezone.now()) - at).total_seconds()
    for unit, before, after in UNITS:
        if count := int(abs(seconds) // unit):
            return (before if seconds > 0 else after)(count) % {"count": count}
    return _("just now")


def aged(at, edition=None, now=None):
    """29 Nov 2026, 20.00 WITA · 12 minutes ago."""
    return f"{absolute(at, edition)} · {relative(at, now)}"


def _here(at, edition):
    return timezone.localtime(at, edition and edition.zone)


def _day(here):
    """Without Django's formatter, which reads its pattern anew for each of the times of a list."""
    return f"{here.day} {MONTHS_3[here.month].title()} {here.year}"


def _clock(here):
    return f"{here:%H.%M} {here.tzname()}"
