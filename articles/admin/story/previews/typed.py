"""A story as its form has it, saved or not, built without writing a row.

What a field or a row of the form refuses stays as it is stored; the form itself tells about it when it is saved. The
rows offered to its person are the only ones that it may name, as in the form.
"""

from django.core.exceptions import FieldDoesNotExist, ValidationError

from articles import publishing
from articles.database.compiled import prefetched
from articles.desk.offered import MOST_ROWS
from articles.desk.values import is_id
from articles.models import Story
from articles.models.story_queryset import PARTS

NOT_STORED = 0  # the id of a story without a row: no row has it
OF_ROWS = {"credits": "person", "tag_links": "tag", "gallery": "photo"}  # the row that each row of a table names


def new(edition):
    """A story that is not saved yet, with none of the rows that a page shows."""
    story = Story(pk=NOT_STORED, edition=edition)
    for name in PARTS:
        prefetched(story, name, [])
    return story


def fill(model_admin, request, story, at):
    """Give the story what the posted form says, and the times and address that it would have if released at `at`."""
    stored = story if story.pk else None
    _fill_fields(model_admin.get_form(request, stored)(request.POST, instance=story), story)
    for formset, inline in model_admin.get_formsets_with_inlines(request, stored):
        if (
            inline.has_change_permission(request, stored)
            and f"{formset.get_default_prefix()}-TOTAL_FORMS" in request.POST
        ):
            _fill_rows(request.POST, formset, inline, story)
    story.slug = story.slug or story._meta.get_field("slug").slug_from(story.headline)
    publishing.set_day(story, at)
    story.live_from = publishing.begins(story, at)


def _fill_fields(form, story):
    for name, field in form.fields.items():
        try:
            value, stored_in = field.clean(form[name].data), story._meta.get_field(name)
        except (ValidationError, FieldDoesNotExist):
            continue
        stored_in.save_form_data(story, value)


def _fill_rows(posted, formset, inline, story):
    prefix, key = formset.get_default_prefix(), OF_ROWS[formset.get_default_prefix()]
    typed = [_cells(posted, f"{prefix}-{number}", inline.fields) for number in range(_count(posted, prefix))]
    typed = [cells for cells in typed if cells and is_id(cells[key])]
    offered = formset.form.base_fields[key].queryset.in_bulk({int(cells[key]) for cells in typed})
    rows = [
        _row(inline.model, story, {**cells, key: offered[int(cells[key])]})
        for cells in typed
        if int(cells[key]) in offered
    ]
    prefetched(story, prefix, sorted(filter(None, rows), key=lambda row: row.order))


def _count(posted, prefix):
    count = posted[f"{prefix}-TOTAL_FORMS"]
    return min(int(count), MOST_ROWS) if is_id(count) else 0


def _cells(posted, prefix, names):
    """{name: typed value} of a row; None if it is to be deleted, or was not sent."""
    if f"{prefix}-DELETE" in posted or not all(f"{prefix}-{name}" in posted for name in names):
        return None
    return {name: posted[f"{prefix}-{name}"] for name in names}


def _row(model, story, cells):
    """The row, unsaved; None if one of its values is none of those that the field takes."""
    order = int(cells.pop("order")) if is_id(cells["order"]) else MOST_ROWS
    parent = "content_object" if hasattr(model, "content_object") else "story"
    row = model(**{parent: story}, **cells, order=order)
    words = {"role", "caption"} & cells.keys()
    try:
        row.clean_fields(exclude={field.name for field in model._meta.fields} - words)
    except ValidationError:
        return None
    return row
