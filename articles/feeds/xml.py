"""XML as text, with only letters that XML allows. Pure."""

from xml.sax.saxutils import escape, quoteattr

from articles.text import letters

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def element(name, text=None, parts=(), **attributes):
    """An element with a text, or with `parts` that are XML. In names of attributes "__" stands for a colon."""
    told = "".join(
        f" {key.replace('__', ':')}={quoteattr(letters.sound(str(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(parts) if text is None else escape(letters.sound(str(text)))
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"
