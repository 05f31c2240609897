"""Envelopes in which an API sends ninjs items: `{"_items": […], "_meta": {…}}` of Superdesk, `{"data": {"items": […]}}`
of others, `{"value": […]}` of OData, `{"hits": {"hits": [{"_source": {…}}]}}` of Elasticsearch. Pure.
"""

import contextlib
import io

import ijson

_OURS = "_items"  # nothing else is called so
_HOLDERS = {_OURS, "items", "data", "results", "response", "value", "hits"}
_WRAPPED = "_source"  # the item of one hit of Elasticsearch, beside its index and its score
# An object with two of these names is an item of ninjs.
_OF_NINJS = {
    "uri", "type", "headline", "headlines", "pubstatus", "versioncreated", "firstcreated", "body_html", "body_xhtml",
    "body_text", "bodies", "subjects", "subject", "urgency", "associations", "slugline", "byline", "usageterms",
}  # fmt: skip
_BEFORE = b"\xef\xbb\xbf \t\r\n"


def holder(start):
    """The keys that lead to the items of an envelope, ["_items"]; None if what begins so is none.

    An array of other names is that of ninjs only if its first item looks so as far as it can be seen, or there is none.
    """
    start = start.lstrip(_BEFORE)
    if start[:1] != b"{":
        return None
    keys, within, names, is_empty = None, "", {}, False
    with contextlib.suppress(ijson.JSONError, ValueError):  # the beginning of a file ends anywhere
        before = ""
        for prefix, event, value in ijson.parse(io.BytesIO(start), use_float=True, multiple_values=True):
            if event == "map_key":
                names.setdefault(prefix, set()).add(value.lower())
            elif event == "start_array" and keys is None and set(prefix.split(".")) <= _HOLDERS:
                keys, within = prefix.split("."), f"{prefix}.item"
            elif event == "end_array" and before == "start_array" and keys == prefix.split("."):
                is_empty = True
            before = event
    if keys is None or _is_item(names.get("", ())):
        return None
    return keys if keys[-1] == _OURS or is_empty or _looks_so(names, within) else None


def unwrapped(value):
    """The item within one hit of Elasticsearch; any other value as it is."""
    is_hit = isinstance(value, dict) and "uri" not in value and isinstance(value.get(_WRAPPED), dict)
    return value[_WRAPPED] if is_hit else value


def _looks_so(names, within):
    return any(_is_item(names.get(place, ())) for place in (within, f"{within}.{_WRAPPED}"))


def _is_item(names):
    return len(_OF_NINJS & set(names)) > 1
