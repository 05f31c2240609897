"""Two tags, or two series, become one.

The stories of the first go to the second, and its addresses lead there: the present one, the former ones, and the ids
by which revisions and sources know it. Triggers invalidate the pages, because all of this is plain rows.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from articles.models import FormerKey, Story, Tag, TaggedStory

from .references import BY_SLUG
from .shared_rows import breaks, too_early
from .transitions import Refused


def stories_of(row):
    """The stories with a tag, or of a series."""
    return Story.objects.filter(tag_links__tag=row) if isinstance(row, Tag) else Story.objects.filter(series=row)


@transaction.atomic
def merge(row, into, by):
    """Merge a tag or series into another, and delete it. `by`: whose view of stories decides what a refusal may name.

    Raises Refused if a released story could not have the other: it would name whom the story protects, or the series
    would begin after the story.
    """
    model = type(row)
    stored = model.objects.select_for_update().in_bulk([row.pk, into.pk])
    if len(stored) < 2:
        raise Refused([_("It is not there any more.")])
    row, into = stored[row.pk], stored[into.pk]
    _move_tag(row, into) if model is Tag else _move_series(row, into)
    if reasons := [*breaks(into, by), *too_early(into, by)]:
        raise Refused(reasons)
    _lead(row, into)
    row.delete()


def _move_tag(tag, into):
    """A story that has both keeps the other."""
    has_too = TaggedStory.objects.filter(tag=into, content_object=OuterRef("content_object"))
    TaggedStory.objects.filter(~Exists(has_too), tag=tag).update(tag=into)
    TaggedStory.objects.filter(tag=tag).delete()


def _move_series(series, into):
    """Each story gets a new version, so that a form that was opened before does not bring the first series back."""
    series.stories.update(series=into, version=F("version") + 1)


def _lead(row, into):
    """Whoever asks for the first finds the second: readers, revisions, and imports."""
    row.former_slugs.update(row=into)
    into.former_slugs.create(slug=row.slug)
    row.source_ids.update(row=into)
    kind = BY_SLUG[type(row)]
    FormerKey.objects.filter(kind=kind, uid=row.uid).update(uid=into.uid)
    FormerKey.objects.create(kind=kind, key=str(row.uid), uid=into.uid, name=str(row)[:120])
