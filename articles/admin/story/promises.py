"""A button does what its label says: the form carries the promised time.

If the story's time has changed meanwhile, a button with another time does not publish it.
"""

import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles import publishing
from articles.desk import timestamps
from articles.models.plausible_times import PLAUSIBLE_TIMES

NOW = "now"
A_MINUTE = datetime.timedelta(minutes=1)


def promise(story, at):
    """The time from which readers would have the story if it were released at `at`, as stored in a form."""
    start = publishing.begins(story, at)
    return start.isoformat() if start > at else NOW


def label(story, at):
    """The label of the button: Publish now; Schedule for Mon 30 Nov, 20.00 WITA."""
    start = publishing.begins(story, at)
    return (
        at_once() if start <= at else _("Schedule for %(time)s") % {"time": timestamps.coming(start, story.edition, at)}
    )


def at_once():
    return _("Publish now")


def update_label(story=None, goes_out_at=None, is_minor=False):
    """The label of the button that saves a story which readers have."""
    if goes_out_at:
        return _("Update on %(time)s") % {"time": timestamps.coming(goes_out_at, story.edition)}
    return _("Update, only a slip of the pen") if is_minor else _("Update")


def outcome(story, at):
    """What a release at `at` would do, told before: is published now; is scheduled for 30 Nov 2026, 20.00 WITA."""
    start = publishing.begins(story, at)
    if start <= at:
        return _("is published now")
    time = timestamps.absolute(start, story.edition)
    if start == story.embargo_until:
        return _("waits for the end of its embargo: %(time)s") % {"time": time}
    return _("is scheduled for %(time)s") % {"time": time}


def broken(promised, story, at):
    """A sentence if a release would break the button's promise, else None.

    If the button said “now” but the form has a future time, the story waits for that time: it is not yet public, and
    the response names the time.
    """
    goes, said = publishing.begins(story, at), _read(promised)
    is_kept = said and said.replace(microsecond=0) <= goes and goes - said < A_MINUTE
    if promised == NOW or is_kept:
        return None
    params = {"said": timestamps.absolute(said, story.edition) if said else "–", "label": label(story, at)}
    return (
        _(
            "The button said %(said)s, but with the times as they stand it would be “%(label)s”. Nothing is done: "
            "look at the times and press again."
        )
        % params
    )


def _read(promised):
    """The time, or None if it is malformed or implausible."""
    try:
        at = parse_datetime(promised)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) and PLAUSIBLE_TIMES[0] < at < PLAUSIBLE_TIMES[1] else None
