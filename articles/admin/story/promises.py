"""What a button says it will do, the press of it does: the moment stands in the form beside the button.

A story whose time was emptied or changed meanwhile is not published by a button that told another time.
"""

import datetime

from django.utils import dateformat, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles import publishing
from articles.models.plausible_times import PLAUSIBLE_TIMES

from .changelist import moment

NOW = "now"
A_MINUTE = datetime.timedelta(minutes=1)


def promise(story, at):
    """From when readers would have the story if it were released at the moment `at`, as a form carries it."""
    start = publishing.begins(story, at)
    return start.isoformat() if start > at else NOW


def label(story, at):
    """What a press on the button will do: Publish now; Publish at 20.00 WITA."""
    start = publishing.begins(story, at)
    if start <= at:
        return _("Publish now")
    if story.edition.day(start) != story.edition.day(at):
        return _("Publish on %(time)s") % {"time": moment(start, story.edition)}
    clock = dateformat.format(timezone.localtime(start, story.edition.zone), "H.i")
    return _("Publish at %(time)s") % {"time": f"{clock} {story.edition.zone_label}"}


def broken(promised, story, at):
    """Why the release would not be what the button told: a sentence, or none.

    Where the button said “now” and a time to come stands in the form, the story waits for that time: nothing has
    gone out, and the answer tells when it will.
    """
    goes, said = publishing.begins(story, at), _read(promised)
    is_kept = said and said.replace(microsecond=0) <= goes and goes - said < A_MINUTE
    if promised == NOW or is_kept:
        return None
    told = {"said": moment(said, story.edition) if said else "–", "label": label(story, at)}
    return (
        _(
            "The button said %(said)s, but with the times as they stand it would be “%(label)s”. Nothing is done: "
            "look at the times and press again."
        )
        % told
    )


def _read(promised):
    """A moment; None if it is none that we can tell."""
    try:
        at = parse_datetime(promised)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) and PLAUSIBLE_TIMES[0] < at < PLAUSIBLE_TIMES[1] else None
