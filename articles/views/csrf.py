"""The page for a form that was sent without its token and cannot be shown filled again (desk/kept_posts.py)."""

from django.utils.translation import gettext_noop

from . import errors

WORDS = (
    gettext_noop("This form is no longer valid"),
    gettext_noop(
        "Nothing was saved. Somebody signed in or out in another window, or cookies are not allowed: go back, reload "
        "the page and send it again."
    ),
)


def failed(request, reason=""):
    return errors.page(request, 403, WORDS)
