"""Finds the stored stories of a batch of items."""

from django.db.models import Q

from articles.models import Story

from ..values import digests
from ..values.addresses import are_of_two_sites
from ..values.item import uid_of


def here_of(ready_items):
    """{place in the batch: Story} for the items whose story is stored.

    A story may be stored under another id, by an earlier release or from another part of its source. Another id does
    not count if the stored version is newer or comes from another site, because then it is another story.
    """
    uids = {uid for one in ready_items for uid in [one.item.uid, *map(uid_of, one.item.other_uris)]}
    candidates = Story.objects.select_related("arrival", "edition").filter(
        Q(uid__in=uids) | Q(arrival__source_uid__in=uids)
    )
    by_uid, own = {}, {}
    for story in candidates:
        arrival = getattr(story, "arrival", None)
        own[(arrival and arrival.source_uid) or story.uid] = story
        if arrival is None or arrival.source_uid is None:
            by_uid[story.uid] = story
    stories_here = {place: own[one.item.uid] for place, one in enumerate(ready_items) if one.item.uid in own}
    taken = {story.pk for story in stories_here.values()}
    for place, one in enumerate(ready_items):
        if place in stories_here:
            continue
        for story in filter(None, (by_uid.get(uid_of(uri)) for uri in one.item.other_uris)):
            if story.pk not in taken and _may_be_another_id(one.item, story):
                stories_here[place] = story
                taken.add(story.pk)
                break
    return stories_here


def _may_be_another_id(item, story):
    arrival = getattr(story, "arrival", None)
    if not (arrival and item.version_at and arrival.version_at and item.version_at >= arrival.version_at):
        return False
    is_of_earlier_release = not digests.kind(arrival.digest)
    return is_of_earlier_release or not are_of_two_sites(arrival.uri, item.uri)
