import datetime
import json

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from ..fields import JsonField
from ..photo import Photo


class ShapedField(JsonField):
    """JSON of one shape, whichever way it came into the database: whoever reads it need not look. Raises ValueError."""

    def is_shaped(self, value):
        raise NotImplementedError

    def get_db_prep_save(self, value, connection):
        if not hasattr(value, "as_sql") and not self.is_shaped(value):
            raise ValueError(_("%(field)s: this is not what is kept there") % {"field": self.name})
        return super().get_db_prep_save(value, connection)


class LayerField(ShapedField):
    """{name of a photo's field: value}, times as ISO 8601 with a zone."""

    def is_shaped(self, value):
        return isinstance(value, dict) and all(_is_of_photo(name, one) for name, one in value.items())


def _is_of_photo(name, value):
    try:
        found = Photo._meta.get_field(name).to_python(value)
    except (FieldDoesNotExist, ValidationError, TypeError, AttributeError):
        return False
    return not isinstance(value, list | dict) and (not isinstance(found, datetime.datetime) or bool(found.tzinfo))


def _is_attachment(value):
    texts = {"uri", "file", "caption", "description", "alt", "title"}
    return (
        isinstance(value, dict)
        and value.keys() == {*texts, "other_uris"}
        and _are_texts([value[name] for name in texts])
        and _are_texts(value["other_uris"])
    )


def _is_text(value):
    return isinstance(value, str)


def _are_texts(value):
    return isinstance(value, list) and all(map(_is_text, value))


NOTES = {
    "attached": _is_text,  # the number of a photo
    "author": _is_text,  # a name
    "file": lambda value: _are_texts(value) and len(value) == 2,  # address and title
    "pattern": _is_text,  # HTML
    "photo": _is_attachment,
    "term": _is_text,  # a slug
}


class NoteField(ShapedField):
    """{kind: value}: one of NOTES."""

    def is_shaped(self, value):
        return isinstance(value, dict) and len(value) == 1 and all(k in NOTES and NOTES[k](v) for k, v in value.items())


class PostField(ShapedField):
    """A post of WordPress as a text of JSON, kept to the letter: {"fields", "categories", "meta", "comments"}."""

    def is_shaped(self, value):
        try:
            found = json.loads(value)
        except (RecursionError, TypeError, ValueError):
            return False
        return (
            isinstance(found, dict)
            and found.keys() == {"fields", "categories", "meta", "comments"}
            and isinstance(found["comments"], int)
            and isinstance(found["fields"], dict) and _are_texts([*found["fields"].values()])
            and isinstance(found["meta"], dict) and all(map(_are_texts, found["meta"].values()))
            and isinstance(found["categories"], list)
            and all(_are_texts(one) and len(one) == 3 for one in found["categories"])
        )  # fmt: skip
