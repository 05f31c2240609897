"""The top of a front page as readers have it now, place by place, with what editors hold there."""

from typing import NamedTuple

from django.utils import timezone

from articles.desk import timestamps
from articles.listings.front_page import front_page
from articles.models import Slot, Story
from articles.models.edition import SECONDS, Place


class Spot(NamedTuple):
    """`story`: what readers find there now. `slot`: what an editor put there, which readers may not have (yet)."""

    place: Place
    story: Story | None
    slot: Slot | None

    @property
    def is_held(self):
        """Whether readers find there what an editor chose."""
        return bool(self.slot and self.story == self.slot.story)

    @property
    def standing(self):
        """Of the story that is meant for the place."""
        return self.slot.story.standing(timezone.now()).label

    @property
    def until(self):
        return timestamps.absolute(self.slot.until_at, self.slot.edition) if self.slot.until_at else ""


def spots(edition, at):
    """A Spot for each place, the breaking line first."""
    slots = {slot.place: slot for slot in edition.slots.held(at).select_related("story", "placed_by")}
    page = front_page(edition, at)
    shown = {story.pk: story for story in [page.lead, *page.seconds] if story}
    here = {place: shown.get(slot.story_id) for place, slot in slots.items()}
    if page.lead != here.get(Place.LEAD):
        here[Place.LEAD] = None
    chosen = {story.pk for story in here.values() if story}
    others = iter([story for story in shown.values() if story.pk not in chosen])
    yield Spot(Place.BREAKING, _told(slots.get(Place.BREAKING), at), slots.get(Place.BREAKING))
    for place in [Place.LEAD, *SECONDS]:
        yield Spot(place, here.get(place) or next(others, None), slots.get(place))


def _told(slot, at):
    """The story of the breaking line, if readers have it."""
    return Story.objects.live(at).for_card().filter(pk=slot.story_id, edition=slot.edition_id).first() if slot else None
