"""The sentence about a try that must wait."""

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


def told(wait):
    """The ValidationError of a form whose try must wait so many seconds."""
    message = ngettext(
        "Too many tries. Try again in %(count)s second.", "Too many tries. Try again in %(count)s seconds.", wait
    )
    return ValidationError(message, code="delayed", params={"count": wait})
