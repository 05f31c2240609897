"""A story as one of its revisions has it, in memory: to be looked at. Nothing is written."""

from articles.database.compiled import prefetched
from articles.field_uses import Use
from articles.models import Story, TaggedStory

from .references import References
from .snapshots import PARTS

READ_AS = {"credits": "credits", "tags": "tag_links", "gallery": "gallery"}  # part of a snapshot: relation of a story


def as_recorded(story, revision):
    """Give `story` the words, people, tags and photos of the revision. Rows that are gone since are left out."""
    references = References(revision.snapshot, story.edition.slug)
    for field in Story.field_uses.fields(Use.BRING_BACK):
        if field.name in references.snapshot:
            stored = references.snapshot[field.name]
            value = references.row(field.name, stored) if field.is_relation else field.to_python(stored)
            if field.name != "section" or value is not None:
                setattr(story, field.name, value)
    for name, (model, *fields) in PARTS.items():
        prefetched(story, READ_AS[name], list(_rows(story, references, name, model, fields)))
    return story


def _rows(story, references, name, model, fields):
    owner = "content_object" if model is TaggedStory else "story"
    for order, item in enumerate(references.snapshot.get(name, []), 1):
        key, *others = item if isinstance(item, list) else [item]
        if row := references.row(name, key):
            yield model(**{owner: story, "order": order}, **dict(zip(fields, [row, *others], strict=True)))
