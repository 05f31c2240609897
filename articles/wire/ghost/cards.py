"""The cards of Ghost's editors as HTML. Mobiledoc and Lexical name their parts alike. Pure.

Visible words, pictures and links of a card are kept; its functions (play, sell, subscribe) are not. A card whose words
are stored elsewhere, or went out by mail only, is reported by name.
"""

import html

from ..html import markdown

BY_MAIL_ONLY = {"email", "email-cta"}
DONE_BY_GHOST = {"collection", "signup", "transistor"}  # their content is not in the file
_WORDS = (  # of any card, in the order on the page
    *("sponsorLabel", "heading", "header", "title", "productTitle", "fileTitle", "content", "description"),
    *("textValue", "subheader", "subheading", "calloutText", "productDescription", "fileCaption"),
)
_PICTURES = ("imageSrc", "imageUrl", "productImageSrc", "backgroundImageSrc", "src")
_BUTTONS = (("buttonText", "buttonUrl"), ("productButton", "productUrl"))
_SWITCHES = {
    "buttonText": ("showButton", "buttonEnabled"),
    "productButton": ("productButtonEnabled",),
    "sponsorLabel": ("hasSponsorLabel",),
}


def html_of(kind, card, lost):
    """HTML of a card. The name of a card without content is added to `lost`."""
    if kind in BY_MAIL_ONLY:
        lost.add(kind)
        return ""
    match kind:
        case "paywall":
            return ""
        case "hr" | "horizontalrule":
            return "<hr>"
        case "image":
            return image(card)
        case "gallery":
            return "".join(map(image, card.get("images") or [])) + _words(card.get("caption"))
        case "before-after":
            return "".join(image(card.get(name) or {}) for name in ("beforeImage", "afterImage")) + _words(
                card.get("caption")
            )
        case "html" | "embed" if card.get("html"):
            return card["html"] + _words(card.get("caption"))
        case "markdown" | "card-markdown":
            return markdown.to_html(card.get("markdown") or "")
        case "code" | "codeblock":
            return _element("pre", escaped(card.get("code"))) + _words(card.get("caption"))
        case "audio" | "file" | "video":
            return _file(card)
        case "table":
            return _table(card.get("rows") or [])
    if kind in DONE_BY_GHOST:
        lost.add(kind)
        return ""
    return _any(kind, card, lost)


def _file(card):
    """A link to the file of a card, under its visible name."""
    name = card.get("title") or card.get("fileTitle") or card.get("fileName") or ""
    address = card.get("src")
    named = _element("p", link(address, escaped(name or address))) if address else _element("p", escaped(name))
    return named + _words(card.get("fileCaption")) + _words(card.get("caption"))


def _table(rows):
    made = ("".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def _text(cell):
    return escaped(cell) if isinstance(cell, str) else ""


def _any(kind, card, lost):
    """Every visible text of a card, with its link. Most texts are HTML already."""
    about = card.get("metadata") or {}
    shown = [text for name in _WORDS if _is_shown(card, name) and _is_text(text := card.get(name) or about.get(name))]
    source = " · ".join(escaped(about[name]) for name in ("author", "publisher") if _is_text(about.get(name)))
    pictures = [card[name] for name in _PICTURES if _is_text(card.get(name))]
    button = next((names for names in _BUTTONS if _is_text(card.get(names[0])) and _is_shown(card, names[0])), None)
    if button:
        shown.append(link(card.get(button[1]), escaped(card[button[0]])))
    elif address := card.get("url"):
        shown[:1] = [link(address, shown[0] if shown else escaped(address))]
    parts = [*shown, source, card.get("caption")]
    if not (pictures or any(map(_is_text, parts))):
        lost.add(str(kind)[:40] or "?")
    made = "".join(image({"src": address, "alt": card.get("alt")}) for address in pictures[:1])
    return made + "".join(map(_words, parts))


def _is_shown(card, name):
    """Whether a part is visible. Some cards have a switch for it."""
    return all(card.get(switch, True) for switch in _SWITCHES.get(name, ()))


def _is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _words(text):
    return _element("p", text) if _is_text(text) else ""


def image(card):
    if not (address := card.get("src") or card.get("imageSrc")):
        return _words(card.get("caption"))
    caption = card.get("caption") or ""
    made = f'<img src="{escaped(address)}" alt="{escaped(card.get("alt"))}">'
    return f"<figure>{made}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{made}</figure>"


def link(address, inner):
    return f'<a href="{escaped(address)}">{inner}</a>'


def _element(tag, inner):
    return f"<{tag}>{inner}</{tag}>" if inner else ""


def escaped(text):
    return html.escape(text) if isinstance(text, str) else ""
