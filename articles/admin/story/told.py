"""What the desk tells after a move: done, with a link to the page; or refused, with links to what is to be mended."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import permissions, publishing
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


def done(sentence, story, user):
    """`sentence`, when readers have the story, and a link: to its page as readers have it, or else to the preview."""
    address, words = _page_of(story)
    if not address and permissions.may(user, "view", story):
        address, words = reverse("admin:articles_story_preview", args=[story.pk]), _("See it as readers will")
    link = format_html('<a href="{}" target="_blank">{}</a>', address, words) if address else ""
    return format_html("{} {} {}", sentence, standing_note(story), link)


def _page_of(story):
    """(address, words) of the story's page, if there is one."""
    match story.standing(now := timezone.now()):
        case Standing.LIVE:
            return story.edition.absolute(story.get_absolute_url()), _("See it as readers do")
        case Standing.WITHDRAWN if publishing.was_live(story, now):
            return story.edition.absolute(story.get_absolute_url()), _("See what readers are told")
    return "", ""


def refused(refusal):
    """A `publishing.Refused` as a list of links."""
    return reasons.summary(_("The story is saved, but not moved on:"), refusal.reasons)
