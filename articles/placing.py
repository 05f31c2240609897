"""Who puts which story in which place of an edition's front page, and takes it away: two acts.

Each is one transaction that locks the edition's row, asks permissions/ and writes an entry of the audit log. They raise
PermissionDenied, and Refused with sentences for the person who tried. That readers see the story in its place while it
is live, and only then, is decided by `articles/listings/front_page.py`.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles import audit, permissions
from articles.listings import rails
from articles.models import Edition, Slot, Story
from articles.models.audit_entry import Action
from articles.models.edition import Place
from articles.models.story import Standing
from articles.publishing import Refused

MAY_STAND = {Standing.LIVE, Standing.SCHEDULED, Standing.EMBARGOED}
TOLD_FIRST = {Place.BREAKING, Place.LEAD}


@transaction.atomic
def place(edition, where, story, by, at, until_at=None):
    """Put a story in a place until a time, or until somebody clears it. Returns the Slot.

    The story leaves any other place of the front page, and what stood there before leaves it. One that is not live yet
    takes its place when it goes live.
    """
    _begin(edition, by)
    where, stored = Place(where), Story.objects.select_related("edition").filter(pk=story.pk).first()
    if reasons := list(_against(edition, where, stored, at, until_at)):
        raise Refused(*reasons)
    there = edition.slots.filter(place=where)
    for slot in there.held(at).exclude(story=stored).select_related("story__edition"):
        _log(Action.CLEARED, slot, by)
    there.delete()
    if where != Place.BREAKING:
        edition.slots.filter(story=stored).exclude(place=Place.BREAKING).delete()
    slot = Slot.objects.create(
        edition=edition, place=where, story=stored, until_at=until_at, placed_by=by, placed_at=at
    )
    _log(Action.PLACED, slot, by)
    return slot


@transaction.atomic
def clear(edition, where, by, at):
    """Take the story from a place, which then fills itself. Returns the story; None if the place was free already."""
    _begin(edition, by)
    slot = edition.slots.filter(place=where).select_related("story__edition").first()
    if not slot:
        return None
    _log(Action.CLEARED, slot, by)
    slot.delete()
    return slot.story


def _begin(edition, by):
    """Lock the edition's places: a place has one story, and a story one place, also when two people act at once."""
    if not permissions.allows(by, "change", "slot", edition.pk):
        raise PermissionDenied(_("Your role does not allow you to arrange the front page of this edition."))
    Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)


def _against(edition, where, story, at, until_at):
    """Sentences that tell why the story cannot stand there."""
    if story is None or story.edition_id != edition.pk:
        yield _("Choose a story of %(edition)s.") % {"edition": edition}
        return
    standing = story.standing(at)
    if standing not in MAY_STAND:
        yield _("Only a story that is live or will be can stand on the front page; this one is: %(standing)s.") % {
            "standing": standing.label
        }
    if where in TOLD_FIRST and story.label in rails.UNSETTLED:
        yield _("What is paid for or not verified neither leads the front page nor stands in the breaking line.")
    if until_at is None:
        if where == Place.BREAKING:
            yield _("A breaking line needs the time of its end.")
    elif until_at <= at:
        yield _("This time has passed already.")


def _log(action, slot, by):
    """The name of the place stands where the log names fields."""
    audit.write(action, slot.story, by.get_username() if by else "", fields=[Place(slot.place).name.lower()])
