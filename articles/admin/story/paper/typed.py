"""A story as its form has it, saved or not, built without writing a row: for its checks and its preview.

What a field or a row of the form refuses stays as it is stored; the form itself tells about it when it is saved. The
rows offered to its person are the only ones that it may name, as in the form.
"""

from typing import NamedTuple

from articles.desk.offered import MOST_ROWS
from articles.models import Story

from ..form import StoryForm


class Typed(NamedTuple):
    """`rows`: {prefix of a table: its rows in their order}; `open_to`: names of the fields and tables that this person
    may change. `form.errors` has what was refused."""

    story: Story
    form: StoryForm
    rows: dict
    open_to: set


def of(model_admin, request, stored, begun=None):
    """The posted form as a Typed. `stored` is None for a new story; `begun` is then what it begins with."""
    story = stored or begun or Story()
    form = model_admin.get_form(request, stored, change=stored is not None)(request.POST, instance=story)
    form.is_looked_at = True
    rows, open_to = {}, {*form.fields}
    for formset, inline in model_admin.get_formsets_with_inlines(request, stored):
        prefix = formset.get_default_prefix()
        sent = formset(**model_admin.get_formset_kwargs(request, stored or Story(), inline, prefix))
        is_open = inline.has_change_permission(request, stored)
        open_to |= {prefix} if is_open else set()
        rows[prefix] = sorted(_rows(sent, is_open), key=_place)
    form.full_clean()
    return Typed(story, form, rows, open_to)


def _rows(formset, is_open):
    if not is_open or not formset.management_form.is_valid():  # shown, and not sent: what is stored stays
        yield from formset.get_queryset()
        return
    for form in formset.initial_forms + [form for form in formset.extra_forms if form.has_changed()]:
        if form.is_valid() and not form.cleaned_data.get("DELETE"):
            yield form.instance


def _place(row):
    return MOST_ROWS if row.order is None else row.order
