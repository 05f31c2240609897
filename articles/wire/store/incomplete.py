"""Posts that refer to things which their file lacks. They are stored, and read again when another part comes."""

import json

from django.db.models import F

from articles.models import IncompletePost
from articles.wire import wordpress

from .source_notes import LONGEST

BATCH = 200


def keep(items):
    """Store the unfinished posts of {story: Item}, whose stories were stored or unchanged. Delete the finished ones."""
    new = [
        IncompletePost(story_id=story, site=item.unfinished["site"], told=json.dumps(item.unfinished["post"]))
        for story, item in items.items()
        if item.unfinished and len(item.unfinished["site"]) <= LONGEST
    ]
    if finished := items.keys() - {post.story_id for post in new}:
        IncompletePost.objects.filter(story__in=finished).delete()
    IncompletePost.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["story"], update_fields=["site", "told"]
    )


def forget(stories):
    """Delete the posts of stories that the desk has changed: they are reported once, and wait no longer."""
    rows = IncompletePost.objects.filter(story__in=stories)
    rows.exclude(story__version=F("story__arrival__story_version")).delete()


def entries(options, sources):
    """The unfinished posts of the sites of this run, read again, in batches: [(position, Item or Refusal)].

    They come as drafts, because a run releases only stories of its own files.
    """
    last = 0
    waiting = IncompletePost.objects.filter(site__in=sources.sites, story__edition=options.home).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        yield list(
            wordpress.read_again([(post.site, json.loads(post.told)) for post in batch], sources, options.home.zone)
        )
        last = batch[-1].pk
