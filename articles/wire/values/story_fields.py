"""The story fields that cross the wire in either direction, as the model declares them (field_uses.py).

A field with the same name as an attribute of Item is copied. Any other field travels as text in `Item.further`. Only a
reference needs code of its own, because the row that it points at must be named on export and found on import.
"""

import dataclasses

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.field_uses import Use, is_free_text
from articles.models import Story

from .fields import fitting, is_cut
from .item import Item

BY_HAND = {  # outgoing.py and wire/store/rows.py convert these to and from attributes of Item
    "uid", "edition", "section", "series", "lead_photo", "lead_caption", "headline", "slug", "body", "state", "version",
    "day", "publish_at", "embargo_until", "expires_at", "first_published_at", "updated_at", "verified_in",
}  # fmt: skip
_OF_AN_ITEM = {field.name for field in dataclasses.fields(Item)}


def carried():
    """The names of the fields that Item has under the same name."""
    return [name for name in Story.field_uses.names(Use.WIRE) if name in _OF_AN_ITEM and name not in BY_HAND]


def further():
    """The fields that have no attribute in Item."""
    fields = Story.field_uses.fields(Use.WIRE)
    return [field for field in fields if field.name not in BY_HAND | _OF_AN_ITEM and not field.is_relation]


CARRIED, FURTHER = carried(), further()
TEXTS = [name for name in CARRIED if is_free_text(Story._meta.get_field(name))]


def further_texts(story):
    """The `Item.further` of a story: its fields as text, without those at their default."""
    values = [(field, field.value_from_object(story)) for field in FURTHER]
    return {
        field.name: field.value_to_string(story) for field, value in values if value not in (None, field.get_default())
    }


def read_further(field, written, remarks):
    """The value of a field of FURTHER, read from text. An unreadable value adds a remark."""
    if not written:
        return field.get_default()
    if is_free_text(field):
        if is_cut(Story, field.name, written):
            remarks.append(_("longer than is kept: %(fields)s") % {"fields": field.verbose_name})
        return fitting(Story, field.name, written)
    try:
        return field.clean(written, None)
    except ValidationError:
        params = {"field": field.verbose_name, "value": written[:50]}
        remarks.append(_("its %(field)s cannot be read: %(value)s") % params)
        return field.get_default()
