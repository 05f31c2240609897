"""The text of a Ghost post as its editors keep it, Mobiledoc or Lexical, made HTML. Pure.

What a card shows to readers is kept as words, pictures and links; what it does (play, sell, subscribe) is not.
"""

import html
import json

from .mending import paragraphs

_LEXICAL_BITS = ((1, "strong"), (2, "em"), (4, "s"), (32, "sub"), (64, "sup"))
_LEXICAL_BLOCKS = {"aside": "blockquote", "extended-quote": "blockquote", "quote": "blockquote", "paragraph": "p"}
_NOT_SHOWN = {"email", "email-cta", "paywall", "signup"}  # in newsletters only, or no part of the story
_WORDS = (  # of any card, in the order in which it shows them
    *("heading", "header", "title", "productTitle", "fileTitle", "content", "description", "textValue"),
    *("subheader", "subheading", "calloutText", "productDescription", "fileCaption"),
)


def from_mobiledoc(written):
    """HTML of Mobiledoc 0.3 (a JSON text). Raises ValueError where it is none."""
    return _rendered(written, lambda document: "".join(_section(document, part) for part in document["sections"]))


def from_lexical(written):
    """HTML of Lexical's JSON. Raises ValueError where it is none."""
    return _rendered(written, lambda document: _nodes(document["root"]))


def _rendered(written, render):
    try:
        return render(json.loads(written))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        raise ValueError("no text of Ghost's editors") from error


def _section(document, section):
    """[1, tag, markers] text, [2, address] an image, [3, tag, items] a list, [10, number] a card."""
    kind, *rest = section
    match kind:
        case 1:
            return _element(rest[0], _markers(document, rest[1]))
        case 2:
            return _image({"src": rest[0]})
        case 3:
            return _element(rest[0], "".join(_element("li", _markers(document, item)) for item in rest[1]))
        case 10:
            return _card(*document["cards"][rest[0]][:2])
    return ""


def _markers(document, markers):
    """Each marker: [0 text or 1 atom, markups that begin before it, how many end after it, text or atom's number]."""
    parts, open_tags = [], []
    for kind, begins, ends, value in markers:
        for number in begins:
            tag, *attributes = document["markups"][number]
            open_tags.append(_name(tag))
            parts.append(_open(tag, attributes[0] if attributes else []))
        parts.append(_atom(document["atoms"][value]) if kind else _escaped(value))
        parts += [f"</{open_tags.pop()}>" for _end in range(ends)]
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _open(tag, attributes):
    named = dict(zip(attributes[::2], attributes[1::2], strict=False))
    return f'<a href="{_escaped(named.get("href"))}">' if tag == "a" else f"<{_name(tag)}>"


def _atom(atom):
    return "<br>" if atom[0] == "soft-return" else _escaped(atom[1])


def _nodes(node):
    return "".join(_node(child) for child in node.get("children") or [])


def _node(node):
    """HTML of a node; one for members only is marked as Ghost marks it in the HTML that it makes."""
    visibility = node.get("visibility") or {}
    for_web = visibility.get("web") or {}
    if for_web.get("nonMember") is False or visibility.get("showOnWeb") is False:
        return f"<!--kg-gated-block:begin nonMember:false-->{_shown(node)}<!--kg-gated-block:end-->"
    return _shown(node)


def _shown(node):
    kind = node.get("type", "")
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else " "
    if "text" in node and "children" not in node:
        return _styled(node)
    if "children" not in node:
        return _card(kind, node)
    match kind:
        case "heading" | "extended-heading":
            return _element(node.get("tag", "h2"), _nodes(node))
        case "link" | "autolink" | "at-link":
            return _link(node.get("url"), _nodes(node))
        case "list":
            return _element("ol" if node.get("listType") == "number" else "ul", _nodes(node))
        case "listitem":
            return _element("li", _nodes(node))
    return _element(_LEXICAL_BLOCKS.get(kind, "div"), _nodes(node))


def _styled(node):
    styled, bits = _escaped(node["text"]), node.get("format")
    for bit, tag in _LEXICAL_BITS:
        if isinstance(bits, int) and bits & bit:
            styled = f"<{tag}>{styled}</{tag}>"
    return styled


def _card(kind, card):
    """HTML of a card. Mobiledoc and Lexical name its parts alike."""
    if kind in _NOT_SHOWN:
        return ""
    match kind:
        case "hr" | "horizontalrule":
            return "<hr>"
        case "image":
            return _image(card)
        case "gallery":
            return "".join(map(_image, card.get("images") or [])) + _element("p", card.get("caption") or "")
        case "html" | "embed":
            return (card.get("html") or "") + _element("p", card.get("caption") or "")
        case "markdown" | "card-markdown":
            return paragraphs(card.get("markdown") or "")
        case "code" | "codeblock":
            return paragraphs(card.get("code") or "") + _element("p", card.get("caption") or "")
    return _any_card(card)


def _any_card(card):
    """Every text of a card that readers see, with its link; most are HTML already."""
    about = card.get("metadata") or {}
    shown = [text for name in _WORDS if isinstance(text := card.get(name) or about.get(name), str)]
    address, label = card.get("url") or card.get("buttonUrl"), card.get("buttonText")
    if label:
        shown.append(_link(address, _escaped(label)))
    elif address:
        shown[:1] = [_link(address, shown[0] if shown else _escaped(address))]
    shown.append(card.get("caption") or "")
    return (_image(card) if card.get("imageSrc") else "") + "".join(_element("p", text) for text in shown)


def _link(address, inner):
    return f'<a href="{_escaped(address)}">{inner}</a>'


def _image(card):
    caption = card.get("caption") or ""
    image = f'<img src="{_escaped(card.get("src") or card.get("imageSrc"))}" alt="{_escaped(card.get("alt"))}">'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{image}</figure>"


def _element(tag, inner):
    return f"<{_name(tag)}>{inner}</{_name(tag)}>" if inner else ""


def _name(tag):
    return tag.lower() if tag.isalnum() else "p"


def _escaped(text):
    return html.escape(text) if isinstance(text, str) else ""
