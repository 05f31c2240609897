"""What the desk tells after a move: done, with a link to the page; or refused, with links to what is to be mended."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import publishing
from articles.desk import reasons, timestamps
from articles.models.story import Standing


def standing_note(story):
    """The time since which, or from which, readers have a released story."""
    match story.standing(timezone.now()):
        case Standing.SCHEDULED | Standing.EMBARGOED:
            return _("Readers have it from %(time)s.") % {"time": timestamps.absolute(story.live_from, story.edition)}
        case Standing.LIVE:
            return _("Readers have it since %(time)s.") % {"time": timestamps.absolute(story.live_from, story.edition)}
        case Standing.EXPIRED:
            return _("Readers had it until %(time)s.") % {"time": timestamps.absolute(story.expires_at, story.edition)}
    return ""


def done(sentence, story):
    """`sentence`, when readers have the story, and a link to its page if they have it now."""
    link = ""
    if story.standing(timezone.now()) == Standing.LIVE:
        address = story.edition.absolute(story.get_absolute_url())
        link = format_html('<a href="{}" target="_blank">{}</a>', address, _("See it as readers do"))
    return format_html("{} {} {}", sentence, standing_note(story), link)


def refused(refusal):
    """A `publishing.Refused` as a list of links; doubts lead to where they may be overruled."""
    after = ""
    if isinstance(refusal, publishing.Doubtful):
        words = _("Whoever knows better ticks these doubts below and presses the button again.")
        after = format_html('<a href="#note-doubts">{}</a>', words)
    return reasons.summary(_("The story is saved, but not moved on:"), refusal.reasons, after)
