"""Limits on the depth of files, and the messages for files that are too large or too deep. Pure."""

from django.utils.translation import gettext as _

from ..values.item import LARGEST, Refusal

DEEPEST = 100  # levels within one item
ABYSS = 1_000  # levels of a file; no export is deeper


def too_large():
    return _("It is larger than %(count)s million bytes.") % {"count": LARGEST // 1_000_000}


def too_deep():
    return _("It is nested deeper than %(count)s levels.") % {"count": DEEPEST}


def abyss():
    return Refusal(_("The file is nested deeper than %(count)s levels: no export is.") % {"count": ABYSS})
