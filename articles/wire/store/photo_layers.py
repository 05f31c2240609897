"""The layers of an imported photo: see models/wire/photo_arrival.py."""

import datetime

from articles import photos
from articles.field_uses import Use
from articles.models import Photo

from ..values.fields import is_cut

TEXTS = [field.name for field in Photo.field_uses.texts(Use.WIRE)]
FIELDS = [field.name for field in Photo._meta.concrete_fields if field.editable and field.name not in ("file", "id")]


def layer_of(picture):
    """(layer, names of fields that were cut): the values of a Picture that are not empty."""
    texts = {name: getattr(picture, name) for name in TEXTS} | {"title": picture.title or picture.caption}
    layer = {name: photos.shortened(name, Photo._meta.get_field(name).to_python(text)) for name, text in texts.items()}
    cut = [name for name in TEXTS if is_cut(Photo, name, texts[name])]
    layer |= {
        "is_decorative": picture.is_decorative,
        "taken_at": _plain(picture.taken_at),
        "rights_end_at": _plain(picture.rights_end_at),
    }
    if picture.focus != (0.5, 0.5):
        layer |= dict(zip(("focal_x", "focal_y"), picture.focus, strict=True))
    return {name: value for name, value in layer.items() if value or isinstance(value, float)}, cut


def asked_by_file(photo, arrival):
    """Remarks on the photo file's own metadata, as far as it does not fit beside the layers."""
    return photos.fill(_with_layers(photo, arrival))


def settle(photo, arrival):
    """Write the layers into a photo, except fields that the desk has changed since. Returns the names of these."""
    kept = []
    for name, value in _merged_values(photo, arrival).items():
        now, before = _plain(getattr(photo, name)), arrival.written.get(name, _EMPTY.get(name))
        if now not in (value, before):
            kept.append(name)
            continue
        if now != value:
            setattr(photo, name, _value(name, value))
        arrival.written[name] = value
    return kept


def _merged_values(photo, arrival):
    """{field name: value} from the layers, and then from the file."""
    whole = _with_layers(photo, arrival)
    photos.fill(whole)
    if not (photo.from_file or arrival.with_story.get("title") or arrival.by_itself.get("title")):
        whole.title = photo.title or whole.title  # "Photo", in the language of its import
    return {name: _plain(Photo._meta.get_field(name).to_python(getattr(whole, name))) for name in FIELDS}


def _with_layers(photo, arrival):
    whole = Photo(from_file=photo.from_file)
    for name, value in {**arrival.with_story, **arrival.by_itself}.items():
        if name in FIELDS:
            setattr(whole, name, _value(name, value))
    return whole


def _plain(value):
    return value.astimezone(datetime.UTC).isoformat() if isinstance(value, datetime.datetime) else value


def _value(name, value):
    return Photo._meta.get_field(name).to_python(value)


_EMPTY = {name: _plain(getattr(Photo(), name)) for name in FIELDS}
