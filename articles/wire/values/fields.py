"""Texts of the wire as fields of our models keep them."""

from articles.photo_metadata.text import fitted


def fitting(model, name, value):
    """A text as a field of a model keeps it: whole, or cut after a word at the field's end."""
    if value == "":
        return value
    field = model._meta.get_field(name)
    sound = field.to_python(value)
    return fitted(sound, field.max_length or len(sound))


def is_cut(model, name, value):
    """Whether `fitting` keeps less than all of it."""
    if value == "":
        return False
    longest = model._meta.get_field(name).max_length
    return bool(longest) and len(value) > longest and len(model._meta.get_field(name).to_python(value)) > longest
