"""Texts of the wire, cut to fit the fields of our models."""

from articles.photo_metadata.text import fitted


def fitting(model, name, value):
    """A text that fits a model field: whole, or cut after a word."""
    if value == "":
        return value
    field = model._meta.get_field(name)
    sound = field.to_python(value)
    return fitted(sound, field.max_length or len(sound))


def is_cut(model, name, value):
    """Whether `fitting` shortens the text."""
    if value == "":
        return False
    longest = model._meta.get_field(name).max_length
    return bool(longest) and len(value) > longest and len(model._meta.get_field(name).to_python(value)) > longest
