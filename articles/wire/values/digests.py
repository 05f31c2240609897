"""By what the same again is known as that: hashes of what came, in its source's own words.

A hash begins with what it is of, since only those of one kind can be compared:

    s1:  of `Item.source` or `Item.beside`, as canonical JSON
    i1:  of the Item, where a reader gives no source

Others are from release 0.1, which hashed its own classes: nothing can be told from them any more. Whoever changes what
a hash is made of gives it another beginning; the next run then brings over what is stored (wire/store/decisions.py).
"""

import dataclasses
import hashlib
import json

OF_SOURCE, OF_ITEM = "s1:", "i1:"
_LEFT_OUT = {"remarks", "source", "beside", "missing", "other_uris", "unfinished"}


def of_item(item):
    """Of what its source says of this item alone."""
    if item.source is not None:
        return of_source(item.source)
    return _hash(OF_ITEM, _told(item))


def of_beside(item):
    """Of what the rest of the file told about it; "" where a reader tells nothing of that."""
    return of_source(item.beside) if item.beside is not None else ""


def of_source(told):
    """Of plain data, as its source wrote it."""
    return _hash(OF_SOURCE, told)


def kind(digest):
    return digest[:3] if digest[:3] in (OF_SOURCE, OF_ITEM) else ""


def _hash(beginning, told):
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return beginning + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _told(row):
    """The fields that say something: one more that is empty changes nothing."""
    if isinstance(row, list | tuple):
        return [_told(each) for each in row]
    if not dataclasses.is_dataclass(row):
        return row
    told = {field.name: getattr(row, field.name) for field in dataclasses.fields(row) if field.name not in _LEFT_OUT}
    defaults = _defaults(type(row))
    return {name: _told(value) for name, value in told.items() if value != defaults[name]}


_DEFAULTS = {}


def _defaults(model):
    """What each field of it is where nobody said anything."""
    if model not in _DEFAULTS:
        _DEFAULTS[model] = {
            field.name: field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
            for field in dataclasses.fields(model)
        }
    return _DEFAULTS[model]
