from django.db.models import Prefetch, Q
from django.db.models.lookups import Exact

from articles.database.list_keys import ListQuerySet
from articles.database.unindexed import Unindexed
from articles.field_uses import Use

from .correction import Correction
from .person import Credit
from .photo import StoryPhoto
from .photo_in_text import PhotoInText
from .story_state import Standing, State
from .tag import TaggedStory

MOST_USES = 1_000  # of photos whose rights end; the newest

JOINED = ["edition", "section", "series", "lead_photo"]  # cards and rows of the desk show columns of these

# The related rows of which a story's own page shows several.
PARTS = {
    "credits": Credit.objects.select_related("person__portrait"),
    "tag_links": TaggedStory.objects.select_related("tag"),
    "corrections": Correction.objects.all(),
    "gallery": StoryPhoto.objects.select_related("photo"),
}


# Those of which a revision tells.
RECORDED = {
    "credits": Credit.objects.select_related("person"),
    "tag_links": PARTS["tag_links"],
    "gallery": PARTS["gallery"],
}


# `Story.is_key_event` is the same rule. The index over these stories of a series has it as its condition.
KEY_EVENT = Q(urgency__lte=3) | Q(key_event__gt="")


def stands(standing, at, are_named=False):
    """The condition that a story has this Standing at the time `at`. `Story.standing` is the same rule.

    `are_named`: the stories are given by their keys, so that no index of states helps.
    """
    released = Q(Exact(Unindexed("state"), State.RELEASED)) if are_named else Q(state=State.RELEASED)
    begun = Q(live_from__lte=at)
    to_come = Q(live_from__gt=at)  # follows from either time, and has an index
    ended = Q(expires_at__isnull=False, expires_at__lte=at)
    by_the_clock = {
        Standing.SCHEDULED: released & to_come & Q(publish_at__gt=at),
        Standing.EMBARGOED: released & to_come & Q(publish_at__lte=at, embargo_until__gt=at),
        Standing.LIVE: released & begun & ~ended,
        Standing.EXPIRED: released & begun & ended,
    }
    return by_the_clock.get(standing, Q(state=standing))


class StoryQuerySet(ListQuerySet):
    def live(self, at, are_named=False):
        """Stories that readers may see at the time `at`. `Story.standing` is the same rule; there is no third home."""
        return self.standing(Standing.LIVE, at, are_named)

    def standing(self, standing, at, are_named=False):
        return self.filter(stands(standing, at, are_named))

    def key_events(self):
        """Those that say where a running story turned."""
        return self.filter(KEY_EVENT)

    def withdrawn(self, at):
        """Stories that were published before the time `at` and then withdrawn: their address says so (rules.md D4)."""
        return self.filter(state=State.WITHDRAWN, first_published_at__lte=at)

    def showing(self, photo):
        """Stories with this photo at the head, in the text or in the gallery."""
        in_text = Q(photos_in_text__uid=photo.uid)
        return self.filter(Q(lead_photo=photo) | Q(gallery__photo=photo) | in_text).distinct()

    def showing_any(self, photos):
        """[(uid of a photo, id of a story that shows it)] of these photos, the newest thousand, in one query."""
        of_lead = self.filter(lead_photo__in=photos).values_list("lead_photo__uid", "pk")
        of_gallery = StoryPhoto.objects.filter(photo__in=photos).values_list("photo__uid", "story")
        in_text = PhotoInText.objects.filter(uid__in=[photo.uid for photo in photos]).values_list("uid", "story")
        return list(of_lead.order_by().union(of_gallery.order_by(), in_text.order_by()).order_by("-pk")[:MOST_USES])

    def newest(self):
        return self.order_by("-live_from", "-pk")

    def for_desk(self, joined=JOINED):
        """With the columns that a row of the desk's lists shows, so without long texts."""
        return self.select_related(*joined).defer(*self.model.field_uses.joined_left_out(Use.DESK_LISTS, joined))

    def for_card(self):
        """With only the columns that a card shows, because a page has dozens of cards."""
        return self.select_related(*JOINED).only(*self.model.field_uses.joined(Use.CARDS, JOINED))

    def for_head(self):
        """With the single rows that a story's own page shows."""
        return self.select_related("section", "series", "lead_photo")

    def for_page(self):
        """With all rows that a story's own page shows, in five queries."""
        return self.for_head().prefetch_related(*(Prefetch(name, rows) for name, rows in PARTS.items()))

    def for_record(self):
        """With all rows of which a revision tells, in four queries."""
        recorded = (Prefetch(name, rows) for name, rows in RECORDED.items())
        return self.select_related(*JOINED).prefetch_related(*recorded)
