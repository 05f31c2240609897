import datetime
import json

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from ..fields import JsonField
from ..photo import Photo


class ShapedField(JsonField):
    """JSON of one shape on every way into the database, so readers need not check it. Raises ValueError."""

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
        cleaned = Photo._meta.get_field(name).to_python(value)
    except (FieldDoesNotExist, ValidationError, TypeError, AttributeError):
        return False
    return not isinstance(value, list | dict) and (not isinstance(cleaned, datetime.datetime) or bool(cleaned.tzinfo))


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
    """A post of WordPress as JSON, kept unchanged: {"fields", "categories", "meta", "comments"}."""

    def is_shaped(self, value):
        try:
            post = json.loads(value)
        except (RecursionError, TypeError, ValueError):
            return False
        return (
            isinstance(post, dict)
            and post.keys() == {"fields", "categories", "meta", "comments"}
            and isinstance(post["comments"], int)
            and isinstance(post["fields"], dict) and _are_texts([*post["fields"].values()])
            and isinstance(post["meta"], dict) and all(map(_are_texts, post["meta"].values()))
            and isinstance(post["categories"], list)
            and all(_are_texts(one) and len(one) == 3 for one in post["categories"])
        )  # fmt: skip
