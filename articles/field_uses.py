"""The uses of a model's fields. A field has every use, unless its model leaves it out and gives a reason.

    field_uses = Uses(
        Use.CARDS.without("a card shows no long text", "body", "ai_note"),
        Use.SEARCH.without("it repeats the headline", "short_headline"),
    )

So a new field is recorded, compared, screened … from its first day. Code that handles fields one by one asks here
(`Story.field_uses.names(Use.CARDS)`) and does not keep its own list of names.
"""

import enum
from typing import NamedTuple

from django.db import models


class LeftOut(NamedTuple):
    """Fields without a use. Empty `names` means all fields of the model."""

    use: "Use"
    reason: str
    names: tuple[str, ...]


class Use(enum.Enum):
    """A use that every field has by default. The value names the module that asks for it."""

    CARDS = "models/story_queryset.py: read with every card"
    DESK_LISTS = "models/story_queryset.py: read with every row of a list at the desk"
    REVISIONS = "publishing/snapshots.py: recorded at each transition, and compared in the log"
    BRING_BACK = "publishing/snapshots.py: given back to a story with an earlier revision"
    SCHEDULED = "publishing/scheduled.py: may be part of a change that goes out later"
    SCREENED = "publishing/checks.py: a free text in which no protected name may stand"
    FACTS = "publishing/checks.py: a free text in which text/facts/ looks for doubts and unfinished work"
    SEARCH = "database/search_index.py: a free text whose words lead to the story"
    PAGES = "database/invalidation.py: a page that shows the row is made anew when it changes"
    LISTS = "database/invalidation.py: lists of stories are made anew when it changes"
    WIRE = "wire/: leaves with a story, and comes in with one"

    def without(self, reason, *names):
        return LeftOut(self, reason, names)


class Uses:
    """The uses of one model's fields, as a class attribute of the model. The primary key has no use."""

    def __init__(self, *left_out):
        self._left_out = left_out
        self._known = {}

    def contribute_to_class(self, model, name):
        self.model = model
        setattr(model, name, self)

    def fields(self, use):
        """The columns with this use, in the order of the model."""
        every = self.model._meta.concrete_fields
        known, columns = self._known.get(use, (None, ()))
        if known is not every:  # Django makes a new tuple when a field is added
            without = self.left_out(use)
            columns = [field for field in every if not field.primary_key and field.name not in without]
            self._known[use] = every, columns
        return columns

    def names(self, use):
        return [field.name for field in self.fields(use)]

    def joined(self, use, relations):
        """Names for a query that joins these relations: "headline", "section__name"."""
        return [*self.names(use), *self._of_relations(relations, lambda uses: uses.names(use))]

    def joined_left_out(self, use, relations):
        """The same of the fields without this use."""
        return [*self.left_out(use), *self._of_relations(relations, lambda uses: uses.left_out(use))]

    def _of_relations(self, relations, names):
        models = {name: self.model._meta.get_field(name).related_model for name in relations}
        return [f"{name}__{part}" for name, model in models.items() for part in names(model.field_uses)]

    def texts(self, use):
        """Columns with this use that hold free text; a field with choices does not."""
        return [field for field in self.fields(use) if is_free_text(field)]

    def left_out(self, use):
        """{name: reason} of the fields without this use."""
        left_out = [one for one in self._left_out if one.use is use]
        every = [field.name for field in self.model._meta.concrete_fields]
        return {name: one.reason for one in left_out for name in one.names or every}

    def unknown(self):
        """Left-out names that are not fields, as after a rename."""
        every = {field.name for field in self.model._meta.concrete_fields}
        return sorted({name for one in self._left_out for name in one.names} - every)


def is_free_text(field):
    return isinstance(field, models.CharField | models.TextField | models.FileField) and not field.choices
