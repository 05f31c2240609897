"""What renditions carry of the metadata: who has the rights, and nothing else."""

import io

import pytest
from PIL import Image, ImageCms

from articles import photos
from articles.photo_metadata import Metadata, read, rights_xmp

from ..picture_files import (
    exif,
    packet,
    picture,
)  # fmt: skip
from .whole_metadata import RIGHTS


@pytest.mark.parametrize("kind", photos.FORMATS)
def test_rights_come_back_from_a_rendition(kind):
    image, out = Image.new("RGB", (320, 180), "#336699"), io.BytesIO()
    image.save(out, **photos.FORMATS[kind][1], xmp=rights_xmp(RIGHTS))
    assert read(out.getvalue()) == RIGHTS


@pytest.mark.parametrize("kind", photos.FORMATS)
def test_a_rendition_has_rights_and_nothing_else(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    comment = b"Kamera 123456"
    source = picture(exif=exif(), comment=comment, icc_profile=profile, xmp=packet("", 'photoshop:City="Palu"'))
    with Image.open(io.BytesIO(source)) as image:
        upright = image.convert("RGB").resize((160, 120))
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, **photos.FORMATS[kind][1], xmp=rights_xmp(RIGHTS))
    with Image.open(io.BytesIO(out.getvalue())) as made:
        made.load()
        assert not set(made.info) & {"exif", "comment", "icc_profile", "photoshop", "thumbnail", "dpi"}
        assert not made.getexif()
        assert made.info["xmp"] == rights_xmp(RIGHTS)
    for trace in (comment, b"Exif", b"ICC_PROFILE", b"ICCP", b"Kamera Siti", b"Palu", b"8BIM"):
        assert trace not in out.getvalue()
    assert read(out.getvalue()) == RIGHTS


def test_rights_are_as_short_as_can_be():
    assert rights_xmp(Metadata(caption="Lilin", city="Palu")) == b""
    short = rights_xmp(Metadata(creator="BAY ISMOYO", credit_line="AFP/BAY ISMOYO"))
    assert b"plus" not in short
    assert len(short) < 400
    fields = ("creator", "credit_line", "copyright", "usage_terms", "alt_text")
    longest = RIGHTS._replace(**dict.fromkeys(fields, '"' * 5000))
    for kind in photos.FORMATS:
        out = io.BytesIO()
        Image.new("RGB", (160, 120)).save(out, **photos.FORMATS[kind][1], xmp=rights_xmp(longest))
        assert len(read(out.getvalue()).credit_line) == 1000
