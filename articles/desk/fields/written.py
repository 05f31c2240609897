"""The small parts of a form in HTML, as Django's own templates write them, but written in Python.

A story's form has 130 of them. A template takes 150 to 300 calls of functions for each, this 10 to 40.
"""

import html
import re

from django.utils.safestring import SafeString

_SPECIAL = re.compile("[&<>\"']")


def escaped(value):
    """The value as text of HTML; what is safe already stays as it is."""
    if hasattr(value, "__html__"):
        return value.__html__()
    text = str(value)
    return html.escape(text) if _SPECIAL.search(text) and not isinstance(text, SafeString) else text


def attributes(attrs):
    """An attribute that is True stands without a value, one that is False is left out."""
    told = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"' for name, value in told
    )


def of_input(widget):
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    kind, name = escaped(widget["type"]), escaped(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{attributes(widget["attrs"])}>'


def _select(context):
    widget = context["widget"]
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name, options):
    written = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{escaped(name)}">{written}\n  </optgroup>' if name else written


def _option(option):
    words = f'value="{escaped(option["value"])}"{attributes(option["attrs"])}'
    return f"<option {words}>{escaped(option['label'])}</option>"


def _textarea(context):
    widget = context["widget"]
    value = escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _label(context):
    label = escaped(context["label"])
    if not context["use_tag"]:
        return label
    tag = escaped(context["tag"])
    return f"<{tag}{attributes(context['attrs'] or {})}>{label}</{tag}>"


def _errors(context):
    errors = context["errors"]
    if not errors:
        return ""
    place = f' id="{escaped(errors.field_id)}_error"' if errors.field_id else ""
    lines = "".join(f"<li>{escaped(error)}</li>" for error in errors)
    return f'<ul class="{escaped(context["error_class"])}"{place}>{lines}</ul>'


_INPUTS = ["checkbox", "date", "email", "hidden", "input", "number", "password", "text", "time", "url"]
BY_TEMPLATE = {
    **{f"django/forms/widgets/{kind}.html": lambda context: of_input(context["widget"]) for kind in _INPUTS},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
