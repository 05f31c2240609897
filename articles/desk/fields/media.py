"""The scripts and styles of a form in HTML, written once for each set of them."""

import functools

from django.utils.html import escape
from django.utils.safestring import mark_safe

SETS = 200  # of which the HTML is kept: one for each kind of form and role
_NONCE = "the-nonce-of-an-answer"  # stands in the HTML that is kept


class Written:
    """The media of a form. Django sorts and writes the forty files of a story's form anew for each answer, by 10,000
    calls of functions, though only the nonce is another one."""

    def __init__(self, media):
        self.media = media

    def __getitem__(self, kind):
        return Written(self.media[kind])

    def __str__(self):
        return self.render()

    def render(self, *, attrs=None):
        attrs = attrs or {}
        if attrs.keys() - {"nonce"}:
            return self.media.render(attrs=attrs)
        html = _html(_Same(self.media), "nonce" in attrs)
        return mark_safe(html.replace(_NONCE, escape(str(attrs["nonce"])))) if "nonce" in attrs else html  # noqa: S308 (Django wrote it)


class _Same:
    """Media that are equal if they have the same files, in the same lists, and the same map of modules."""

    def __init__(self, media):
        self.media = media
        of_kinds = (tuple((kind, *files) for kind, files in one.items()) for one in media._css_lists)
        self.files = (tuple(of_kinds), tuple(map(tuple, media._js_lists)), str(getattr(media, "_importmap", "")))

    def __eq__(self, other):
        return self.files == other.files

    def __hash__(self):
        return hash(self.files)


@functools.lru_cache(SETS)
def _html(same, has_nonce):
    return same.media.render(attrs={"nonce": _NONCE} if has_nonce else None)
