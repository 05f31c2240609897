"""Where stories are filed from a list: a further tag, another section, another time at which they are due.

It is a change as in the form: recorded, with the same rights and checks, and minor, because no word of the story is
another one.
"""

import copy

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Story, TaggedStory
from articles.models.story import State

from .checks import blockers_as_read, misplaced
from .snapshots import begin, record
from .transitions import UNRELEASED, Refused, changed, expired_at_once


def why_not_tag(story, tag):
    """Why the story does not get this tag; "" if it may."""
    has_it = any(link.tag_id == tag.pk for link in story.tag_links.all())
    return _("It has this tag already.") if has_it else ""


def why_not_section(story, section):
    """Why the story does not go to this section; "" if it may."""
    if story.edition_id != section.edition_id:
        return _("Choose a section of the story's own edition.")
    return _("It is in this section already.") if story.section_id == section.pk else ""


@transaction.atomic
def add_tag(story, by, at, tag):
    """Put the tag behind the story's others. Raises PermissionDenied, Refused."""
    story, before = _begin(story, by, at)
    if reason := why_not_tag(story, tag):
        raise Refused(reason)
    last = story.tag_links.aggregate(last=Max("order"))["last"]
    TaggedStory.objects.create(content_object=story, tag=tag, order=0 if last is None else last + 1)
    return _end(story, before, by, at)


@transaction.atomic
def set_section(story, by, at, section):
    """Move the story to another section of its edition. Raises PermissionDenied, Refused."""
    story, before = _begin(story, by, at)
    if reason := why_not_section(story, section):
        raise Refused(reason)
    story.section = section
    return _end(story, before, by, at)


@transaction.atomic
def set_time(story, by, at, publish_at):
    """Set when a story that is not released is due. Raises PermissionDenied, Refused."""
    story, before = _begin(story, by, at)
    if story.state not in UNRELEASED:
        raise Refused(_("The story is %(state)s: its time is not set here.") % {"state": story.get_state_display()})
    if publish_at <= at:
        raise Refused(_("This time has passed."))
    story.publish_at = publish_at
    if reason := expired_at_once(story, at):
        raise Refused(reason)
    return _end(story, before, by, at)


def _begin(story, by, at):
    """The story, locked, and a copy of it as it is stored."""
    story = Story.objects.select_for_update(of=("self",)).select_related("edition", "section").get(pk=story.pk)
    if not permissions.may(by, "change", story) or permissions.may_only_illustrate(by, story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    begin(story, at)
    return story, copy.copy(story)


def _end(story, before, by, at):
    changed(story, before, at, is_minor=True)
    story.save()
    story = record(story, by, at).story
    if reason := misplaced(story, before, by):
        raise Refused(reason)
    if story.state == State.RELEASED and (reasons := blockers_as_read(story)):
        raise Refused(*reasons)
    return story
