"""How long something lasts, in words: late by 25 minutes."""

from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def span(age):
    """12 minutes, 3 hours, 2 days: the largest unit alone."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < HOUR:
        minutes = max(1, seconds // MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if seconds < DAY:
        hours = seconds // HOUR
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = seconds // DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
