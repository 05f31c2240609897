"""Why a move was refused, as links to the fields that refused it (publishing/reasons.py)."""

from django.utils.html import format_html, format_html_join

TABLES = {"credits", "gallery"}  # rows below the story; Django names their group after them


def linked(reason):
    """The sentence as a link to its field in the form; as it is if no field is named."""
    place = place_of(reason)
    return format_html('<a href="{}">{}</a>', place, reason) if place else reason


def place_of(reason):
    """Where its field stands in the form, as the end of an address; "" if no field is named."""
    field = getattr(reason, "field", "")
    return field and (f"#{field}-group" if field in TABLES else f"#id_{field}")


def summary(heading, reasons, after=""):
    """All of them in one message, which takes the focus when the page opens."""
    rows = format_html_join("", "<li>{}</li>", ((linked(reason),) for reason in reasons))
    return format_html(
        '<div class="refused" tabindex="-1" autofocus><strong>{}</strong><ul>{}</ul>{}</div>', heading, rows, after
    )
