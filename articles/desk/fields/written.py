"""The small parts of a form in HTML, as Django's own templates write them, but written in Python.

A story's form has 130 of them. A template takes 150 to 300 calls of functions for each, this 10 to 40.
"""

import html
import re

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext

_SPECIAL = re.compile("[&<>\"']")


def escaped(value):
    """The value as text of HTML; what is safe already stays as it is."""
    if type(value) is str:
        return html.escape(value) if _SPECIAL.search(value) else value
    if hasattr(value, "__html__"):
        return value.__html__()
    return html.escape(str(value))


def formatted(pattern, *values):
    """Django's `format_html`, for the cells of a list: that takes 25 calls of functions for each of hundreds."""
    return SafeString(pattern.format(*map(escaped, values)))


def attributes(attrs):
    """An attribute that is True stands without a value, one that is False is left out."""
    told = ""
    for name, value in attrs.items():
        if value is not False:
            told += f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
    return told


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


def _with_links(context):
    """A chooser beside the links by which rows of the other table are made, changed or looked at."""
    reference = "" if context["model_has_limit_choices_to"] else f'data-model-ref="{escaped(context["model_name"])}"'
    offered = [] if context["is_hidden"] else [kind for kind in _LINKS if context[f"can_{kind}_related"]]
    links = "".join(_link(kind, context) for kind in offered)
    return f'<div class="related-widget-wrapper" {reference}>\n{escaped(context["rendered_widget"])}\n{links}</div>'


def _link(kind, context):
    title, icon, attribute, address, params = _LINKS[kind]
    name, words = escaped(context["name"]), escaped(gettext(title) % {"model": context["model"]})
    popup = "" if kind == "view" else ' data-popup="yes"'
    return (
        f'<a class="related-widget-wrapper-link {kind}-related" id="{kind}_id_{name}"{popup} '
        f'{attribute}="{escaped(context[address])}?{escaped(context[params])}" '
        f'title="{words}"><img src="{static(icon)}" alt="" width="24" height="24"></a>'
    )


_OF_ROW, _PATTERN = "change_related_template_url", "data-href-template"
_LINKS = {  # Django's texts and icons; the attribute that leads there; the names of address and parameters
    "change": ("Change selected %(model)s", "admin/img/icon-changelink.svg", _PATTERN, _OF_ROW, "url_params"),
    "add": ("Add another %(model)s", "admin/img/icon-addlink.svg", "href", "add_related_url", "url_params"),
    "delete": (
        *("Delete selected %(model)s", "admin/img/icon-deletelink.svg"),
        *(_PATTERN, "delete_related_template_url", "url_params"),
    ),
    "view": ("View selected %(model)s", "admin/img/icon-viewlink.svg", _PATTERN, _OF_ROW, "view_related_url_params"),
}
_INPUTS = ["checkbox", "date", "email", "hidden", "input", "number", "password", "text", "time", "url"]
BY_TEMPLATE = {
    **{f"django/forms/widgets/{kind}.html": lambda context: of_input(context["widget"]) for kind in _INPUTS},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    "admin/widgets/related_widget_wrapper.html": _with_links,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
