"""Photos as ImageObjects: only renditions that exist, and none wider than its original."""

from articles import photos

from .text import told

SHAPES = {"16x9": 1280, "4x3": 1200, "1x1": 1200}  # and the width that is asked for (rules.md A3)


def of_story(photo, edition):
    """The lead photo in three shapes, with its credit and rights (rules.md I4)."""
    rights = told(
        creditText=photo.credit,
        creator=photo.photographer and told(type="Person", name=photo.photographer),
        copyrightNotice=photo.copyright,
        license=photo.web_statement,
        acquireLicensePage=photo.licensor_url,
    )
    return [image(photo, edition, crop, width) | rights for crop, width in SHAPES.items()]


def image(photo, edition, crop, width):
    broad, high = photos.size(photo, crop, width)
    address = edition.absolute(photos.address(photo, crop, width, "jpg"))
    return told(type="ImageObject", url=address, width=broad, height=high)
