"""Stories as the lists of the desk show them, by their ids. Their SQL is written once (database/compiled.py)."""

from articles.database.compiled import CompiledQuery, prefetched
from articles.models import Credit, Story
from articles.models.story_queryset import JOINED

_ROWS = CompiledQuery(lambda ids=(): Story.objects.for_desk().filter(pk__in=ids).order_by())
_LINKED = CompiledQuery(lambda ids=(): Story.objects.for_desk(["edition"]).filter(pk__in=ids).order_by())
_WHOLE = CompiledQuery(lambda ids=(): Story.objects.select_related(*JOINED).filter(pk__in=ids).order_by())
_OPENED = CompiledQuery(
    lambda ids=(): Story.objects.select_related(*JOINED, "waiting_change", "assignment").filter(pk__in=ids).order_by()
)
_CREDITS = CompiledQuery(
    lambda ids=(): Credit.objects.filter(story__in=ids).select_related("person").only("story", "role", "person__name")
)


def rows(ids):
    """{id: Story}, without long texts, in the order of `ids`."""
    return _in_order(_ROWS, ids)


def linked(ids):
    """The same with their editions alone, for links to them."""
    return _in_order(_LINKED, ids)


def whole(ids):
    """The same with all columns, for stories that are judged."""
    return _in_order(_WHOLE, ids)


def opened(ids):
    """The same with the rows that wait beside a story, for a form that is only shown."""
    return _in_order(_OPENED, ids)


def with_credits(stories):
    """The same {id: Story}: their credits have been read, with role and name, in one query."""
    of_stories = {pk: [] for pk in stories}
    for credit in _CREDITS(ids=stories) if stories else []:
        of_stories[credit.story_id].append(credit)
    for pk, rows_of_story in of_stories.items():
        prefetched(stories[pk], "credits", rows_of_story)
    return stories


def _in_order(query, ids):
    ids = list(ids)
    found = {story.pk: story for story in query(ids=ids)} if ids else {}
    return {pk: found[pk] for pk in ids if pk in found}
