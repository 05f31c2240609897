"""Two tags, two series, or two rows of one person become one.

The stories of the first go to the second, and its addresses lead there: the present one, the former ones, and the ids
by which revisions and sources know it. Triggers invalidate the pages, because all of this is plain rows.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from articles.models import FormerKey, Person, Series, Story, Tag, TaggedStory

from .references import BY_SLUG
from .shared_rows import breaks, edited_alone, too_early
from .transitions import Refused


def stories_of(row):
    """The stories with a tag, of a series, or with a credit of a person."""
    paths = {Tag: "tag_links__tag", Series: "series", Person: "credits__person"}
    return Story.objects.filter(**{paths[type(row)]: row}).distinct()


@transaction.atomic
def merge(row, into, by):
    """Merge a tag, series or person into another, and delete it. `by`: whose view of stories decides what a refusal may
    name.

    Raises Refused if a released story could not have the other: it would name whom the story protects, the series would
    begin after the story, or its only author would be its only editor. Who signs in is never the one that goes.
    """
    model = type(row)
    stored = model.objects.select_for_update().in_bulk([row.pk, into.pk])
    if len(stored) < 2:
        raise Refused([_("It is not there any more.")])
    row, into = stored[row.pk], stored[into.pk]
    MOVES[model](row, into, by)
    if reasons := [*breaks(into, by), *too_early(into, by)]:
        raise Refused(reasons)
    _lead(row, into)
    row.delete()


def _move_tag(tag, into, by):
    """A story that has both keeps the other."""
    has_too = TaggedStory.objects.filter(tag=into, content_object=OuterRef("content_object"))
    TaggedStory.objects.filter(~Exists(has_too), tag=tag).update(tag=into)
    TaggedStory.objects.filter(tag=tag).delete()


def _move_series(series, into, by):
    """Each story gets a new version, so that a form that was opened before does not bring the first series back."""
    series.stories.update(series=into, version=F("version") + 1)


def _move_person(person, into, by):
    """Credits, places on mastheads and assignments go to the other, and what it lacks of TOLD."""
    if person.user_id:
        reason = _("“%(name)s” has a sign-in, which decides whose stories are their own: let this one stay.")
        raise Refused([reason % {"name": person}])
    if reasons := list(edited_alone(person, into, by)):
        raise Refused(reasons)
    _hand_over(person.credits, into.credits, "story", "role", person=into)
    _hand_over(person.positions, into.positions, "edition", "title", person=into)
    if account := into.user:
        _hand_over(person.assigned, account.assigned, "assignment", person=None, user=account)
    else:
        _hand_over(person.assigned, into.assigned, "assignment", person=into)
    person.answers_for.update(responsible=into)
    lacking = [name for name in TOLD if not getattr(into, name) and getattr(person, name)]
    for name in lacking:
        setattr(into, name, getattr(person, name))
    into.save(update_fields=lacking)


def _hand_over(rows, others, *same, **to):
    """Change rows to be of the other, but for those that the other has already: these are deleted."""
    has_too = others.filter(**{name: OuterRef(name) for name in same})
    rows.filter(~Exists(has_too)).update(**to)
    rows.all().delete()


TOLD = ("title", "bio", "competence", "portrait")  # of a person
MOVES = {Tag: _move_tag, Series: _move_series, Person: _move_person}


def _lead(row, into):
    """Whoever asks for the first finds the second: readers, revisions, and imports."""
    row.former_slugs.update(row=into)
    into.former_slugs.create(slug=row.slug)
    row.source_ids.update(row=into)
    kind = BY_SLUG[type(row)]
    FormerKey.objects.filter(kind=kind, uid=row.uid).update(uid=into.uid)
    FormerKey.objects.create(kind=kind, key=str(row.uid), uid=into.uid, name=str(row)[:120])
