"""Hashes of an item in its source's own words. An unchanged hash means that the item has not changed.

A hash begins with its kind, because only hashes of one kind can be compared:

    s1:  of `Item.source` or `Item.beside`, as canonical JSON
    i1:  of the Item, if its reader gives no source

Hashes without these prefixes are from release 0.1 and cannot be compared any more. If you change the input of a hash,
give it a new prefix; the next run then updates the stored hashes (wire/store/decisions.py).
"""

import dataclasses
import hashlib
import json

OF_SOURCE, OF_ITEM = "s1:", "i1:"
_LEFT_OUT = {"remarks", "source", "beside", "missing", "other_uris", "unfinished"}


def of_item(item):
    """The hash of the item's own data."""
    if item.source is not None:
        return of_source(item.source)
    return _hash(OF_ITEM, _without_defaults(item))


def of_beside(item):
    """The hash of the data that the rest of the file has about the item; "" if its reader gives none."""
    return of_source(item.beside) if item.beside is not None else ""


def of_source(data):
    """The hash of plain data, as its source wrote it."""
    return _hash(OF_SOURCE, data)


def kind(digest):
    return digest[:3] if digest[:3] in (OF_SOURCE, OF_ITEM) else ""


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode


def _hash(beginning, data):
    text = _canonical(data).encode("utf-8", "surrogatepass")
    return beginning + hashlib.blake2b(text, digest_size=16).hexdigest()


def _without_defaults(row):
    """The fields that differ from their default, so that a new empty field does not change any hash."""
    if isinstance(row, list | tuple):
        return [_without_defaults(each) for each in row]
    if not dataclasses.is_dataclass(row):
        return row
    values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row) if field.name not in _LEFT_OUT}
    defaults = _defaults(type(row))
    return {name: _without_defaults(value) for name, value in values.items() if value != defaults[name]}


_DEFAULTS = {}


def _defaults(model):
    """{field name: default value} of a dataclass."""
    if model not in _DEFAULTS:
        _DEFAULTS[model] = {
            field.name: field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
            for field in dataclasses.fields(model)
        }
    return _DEFAULTS[model]
