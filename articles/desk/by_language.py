"""Words for scripts: the same for everybody who has the desk in one language."""

import functools

from django.utils.translation import get_language


def once_a_language(write):
    """A function without arguments, asked once for each language. The result must not be changed."""
    in_language = functools.cache(lambda _language: write())
    return lambda: in_language(get_language())
