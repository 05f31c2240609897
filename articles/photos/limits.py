"""What is taken as a photo, in words and for a file chooser: pages say so before anything is chosen."""

from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from PIL import Image

from articles.models.photo import LONGEST_SIDES

from . import originals

NAMES = {"WEBP": "WebP", "HEIF": "HEIC"}  # as people know them; the others have Pillow's name


class Limits(NamedTuple):
    formats: list
    accept: str  # for <input type=file>: kinds, and endings for systems that do not know a kind
    most_bytes: int
    most_pixels: int

    @property
    def sentences(self):
        formats = get_text_list([NAMES.get(name, name) for name in self.formats], _("or"))
        return [
            _("%(formats)s, not moving.") % {"formats": formats},
            _("At most %(megabytes)s MB and %(megapixels)s million pixels each.")
            % {"megabytes": self.most_bytes // 10**6, "megapixels": self.most_pixels // 10**6},
            _("At most %(times)s times as long as wide.") % {"times": LONGEST_SIDES},
        ]


def limits():
    """As `describe` keeps them."""
    endings = [ending for ending, name in Image.registered_extensions().items() if name in originals.TAKEN]
    kinds = [Image.MIME[name] for name in originals.TAKEN]  # known once the endings were asked for
    return Limits(list(originals.TAKEN), ",".join([*kinds, *endings]), originals.MOST_BYTES, originals.MOST_PIXELS)
