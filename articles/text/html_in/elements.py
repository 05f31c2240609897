"""What each element is to us, and how the tags of ours are written. Pure; blocks.py builds on it."""

import re
import uuid

from articles.text import embeds

from .lines import escaped

OURS = {"aside": "data-story", "figure": "data-photo"}  # an embed is a figure, too, with a photo or without one
MOST_COUNTED = 9_999  # the largest start of a numbered list
BLOCKS = {  # elements that HTML puts on lines of their own (its standard, 15.3)
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "marquee",
    "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
}  # fmt: skip
SHOWN_ALONE = {  # elements within a line, but apart from the words around; custom elements ("my-card") are, too
    "audio", "button", "canvas", "embed", "iframe", "img", "input", "math", "meter", "object", "progress", "select",
    "svg", "textarea", "video",
}  # fmt: skip


def is_apart(name):
    """Whether the element stands within a line, but apart from the words around it."""
    return name in SHOWN_ALONE or "-" in name


def is_in_no_cell(name):
    """Whether no cell of a plain table holds the element."""
    return name in BLOCKS or is_apart(name)


def opening(tag, attrs):
    """The tag of a list or quotation: a list may continue another, a quotation may be one of the text itself."""
    if tag == "blockquote" and "data-pull" in attrs:
        return '<blockquote data-pull="">'
    return numbered(attrs.get("start", "")) if tag == "ol" else f"<{tag}>"


def numbered(written):
    """The tag of a numbered list that starts at `written`; a plain <ol> if that is not a usual number."""
    start = re.fullmatch(r"\s*\+?([0-9]{1,9})\s*", written, re.A)
    number = int(start[1]) if start else 1
    return f'<ol start="{number}">' if number != 1 and number <= MOST_COUNTED else "<ol>"


def ours(name, attrs):
    """The attributes of an aside or figure of ours, as they are written; "" if it is none."""
    uid = _uid(attrs.get(OURS[name]))
    named = f' {OURS[name]}="{uid}"' if uid else ""
    embed = embeds.address(attrs.get("data-embed", "")) if name == "figure" else ""
    return named + (f' data-embed="{escaped(embed)}"' if embed else "")


def _uid(written):
    """The id of our photo or story as bodies write it; "" if there is none."""
    try:
        return str(uuid.UUID(written))
    except (TypeError, ValueError, AttributeError):
        return ""
