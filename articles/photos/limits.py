"""The rules for uploads, as text and for a file chooser: pages show them before somebody chooses a file."""

from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from PIL import Image

from articles.models.photo import LONGEST_SIDES

from . import opening


class Limits(NamedTuple):
    accept: str  # for <input type=file>: MIME types, and extensions for systems that do not know a type
    most_bytes: int
    sentences: list


def limits():
    """The limits that `originals.describe` enforces."""
    endings = [ending for ending, name in Image.registered_extensions().items() if name in opening.TAKEN]
    kinds = [Image.MIME[name] for name in opening.TAKEN]  # complete because registered_extensions() loaded all plugins
    return Limits(",".join([*kinds, *sorted(endings)]), opening.MOST_BYTES, list(_sentences()))


def _sentences():
    yield _("%(formats)s; of one that moves, its first picture.") % {"formats": _listed(opening.TAKEN, _("or"))}
    sizes = {"megabytes": opening.MOST_BYTES // 10**6, "megapixels": opening.MOST_PIXELS // 10**6}
    yield _("At most %(megabytes)s MB and %(megapixels)s million pixels each.") % sizes
    if opening.MOST_UNPACKED < opening.MOST_PIXELS:
        fewer = {"formats": _listed(opening.UNPACKED_WHOLE, _("and")), "most": opening.MOST_UNPACKED // 10**6}
        yield _("%(formats)s at most %(most)s million.") % fewer
    yield _("At most %(times)s times as long as wide.") % {"times": LONGEST_SIDES}


def _listed(formats, last_word):
    return get_text_list([opening.NAMES.get(name, name) for name in formats], last_word)
