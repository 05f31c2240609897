"""The stored text of a Ghost post, Mobiledoc or Lexical, rendered as HTML. Pure.

`lost` collects the names of cards without content: see cards.py.
"""

import json

from .cards import escaped, html_of, image, link

_LEXICAL_BITS = ((1, "strong"), (2, "em"), (4, "s"), (32, "sub"), (64, "sup"))
_LEXICAL_BLOCKS = {"aside": "blockquote", "extended-quote": "blockquote", "quote": "blockquote", "paragraph": "p"}


def from_mobiledoc(written, lost):
    """HTML of Mobiledoc 0.3 (a JSON text). Raises ValueError if it is not Mobiledoc."""
    return _rendered(written, lambda document: "".join(_section(document, part, lost) for part in document["sections"]))


def from_lexical(written, lost):
    """HTML of Lexical's JSON. Raises ValueError if it is not Lexical."""
    return _rendered(written, lambda document: _nodes(document["root"], lost))


def _rendered(written, render):
    try:
        return render(json.loads(written))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        raise ValueError("no text of Ghost's editors") from error


def _section(document, section, lost):
    """[1, tag, markers] text, [2, address] an image, [3, tag, items] a list, [10, number] a card."""
    kind, *rest = section
    match kind:
        case 1:
            return _element(rest[0], _markers(document, rest[1]))
        case 2:
            return image({"src": rest[0]})
        case 3:
            return _element(rest[0], "".join(_element("li", _markers(document, item)) for item in rest[1]))
        case 10:
            return html_of(*document["cards"][rest[0]][:2], lost)
    return ""


def _markers(document, markers):
    """Each marker: [0 text or 1 atom, markups that begin before it, how many end after it, text or atom's number]."""
    parts, open_tags = [], []
    for kind, begins, ends, value in markers:
        for number in begins:
            tag, *attributes = document["markups"][number]
            open_tags.append(_name(tag))
            parts.append(_open(tag, attributes[0] if attributes else []))
        parts.append(_atom(document["atoms"][value]) if kind else escaped(value))
        parts += [f"</{open_tags.pop()}>" for _end in range(ends)]
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _open(tag, attributes):
    named = dict(zip(attributes[::2], attributes[1::2], strict=False))
    return f'<a href="{escaped(named.get("href"))}">' if tag == "a" else f"<{_name(tag)}>"


def _atom(atom):
    return "<br>" if atom[0] == "soft-return" else escaped(atom[1])


def _nodes(node, lost):
    return "".join(_node(child, lost) for child in node.get("children") or [])


def _node(node, lost):
    """HTML of a node. A node for members only gets the same markers as in Ghost's own HTML."""
    visibility = node.get("visibility") or {}
    for_web = visibility.get("web") or {}
    if for_web.get("nonMember") is False or visibility.get("showOnWeb") is False:
        return f"<!--kg-gated-block:begin nonMember:false-->{_shown(node, lost)}<!--kg-gated-block:end-->"
    return _shown(node, lost)


def _shown(node, lost):
    kind = node.get("type", "")
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else " "
    if "text" in node and "children" not in node:
        return _styled(node)
    if "children" not in node:
        return html_of(kind, node, lost)
    match kind:
        case "heading" | "extended-heading":
            return _element(node.get("tag", "h2"), _nodes(node, lost))
        case "link" | "autolink" | "at-link":
            return link(node.get("url"), _nodes(node, lost))
        case "list":
            return _element("ol" if node.get("listType") == "number" else "ul", _nodes(node, lost))
        case "listitem":
            return _element("li", _nodes(node, lost))
    return _element(_LEXICAL_BLOCKS.get(kind, "div"), _nodes(node, lost))


def _styled(node):
    styled, bits = escaped(node["text"]), node.get("format")
    for bit, tag in _LEXICAL_BITS:
        if isinstance(bits, int) and bits & bit:
            styled = f"<{tag}>{styled}</{tag}>"
    return styled


def _element(tag, inner):
    return f"<{_name(tag)}>{inner}</{_name(tag)}>" if inner else ""


def _name(tag):
    return tag.lower() if tag.isalnum() else "p"
