"""The text of a story as readers have it, for those who may read but not write it: with its photos and “Read also”."""

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import permissions
from articles.models import Photo, Story
from articles.text import body


def text(story, user):
    named = body.references(story.body)
    photos = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=named.photos)} if named.photos else {}
    related = _headlines(named.stories, user) if named.stories else {}
    blocks = [
        (block, mark_safe(block.html) if block.html else "", related.get(block.uid), photos.get(block.uid))  # noqa: S308 (the field cleaned it, articles/text/body.py)
        for block in body.blocks(story.body)
    ]
    return render_to_string("admin/articles/story/form/_reading.html", {"blocks": blocks})


def lead(story):
    """The lead photo with its caption and credit."""
    caption = story.lead_caption or story.lead_photo.caption
    return render_to_string("articles/_photo.html", {"photo": story.lead_photo, "use": "body", "caption": caption})


def _headlines(uids, user):
    """{uid: headline} of those that this person may know: their desk's, and what readers have."""
    known = Q(pk__in=permissions.stories(user).values("pk")) | Q(pk__in=Story.objects.live(timezone.now()).values("pk"))
    rows = Story.objects.filter(known, uid__in=uids).values_list("uid", "headline")
    return {str(uid): headline for uid, headline in rows}
