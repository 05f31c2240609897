"""The places of metadata in each format: XMP packets, IIM blocks and EXIF of an opened Pillow image. Pure.

Only headers are read, no pixel is decoded.
"""

import struct
from collections import defaultdict

from PIL import Image

from . import chunks, exif, iim, xmp

TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "HEIF")  # the last one if its plugin is registered
XMP_SEGMENT, EXTENDED_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP_SEGMENT = b"Photoshop 3.0\0"
TIFF_IIM, TIFF_PHOTOSHOP = 33723, 34377


def opened(file):
    """`file` opened by Pillow, if the format is an accepted one."""
    Image.init()
    return Image.open(file, formats=[name for name in TAKEN if name in Image.OPEN])


def xmp_texts(image, languages):
    """Texts by field of the XMP in `image`."""
    if hasattr(image, "applist"):
        packets = [body for body in _segments(image, "APP1", XMP_SEGMENT) if body]
        return xmp.read(packets, _extended(_segments(image, "APP1", EXTENDED_SEGMENT)), languages)
    packet = image.info.get("xmp") or _profile(image, "xmp")
    if not packet and image.format == "PNG":
        packet = chunks.of_png(image.fp, xmp.MOST_BYTES).get(b"xmp")
    if image.format == "GIF":
        packet = chunks.xmp_of_gif(image.fp, xmp.MOST_BYTES)
    return xmp.read([packet] if isinstance(packet, bytes) else [], {}, languages)


def iim_texts(image):
    """Texts by field of the IPTC-IIM in `image`, and whether they are newer than its XMP: see `iim.is_newer`."""
    blocks, resources = _iim(image)
    blocks = [*blocks, *iim.blocks(resources)]
    return iim.read(blocks), iim.is_newer(blocks, resources)


def exif_texts(image):
    tags = Image.Image.getexif(image)  # a PNG's own getexif would decode the picture to find chunks behind it
    if not tags and image.format == "PNG" and (late := chunks.of_png(image.fp, xmp.MOST_BYTES).get(b"exif")):
        tags.load(b"Exif\0\0" + late)
    return exif.read(tags)


def png_texts(image):
    """Texts by field of a PNG's text chunks, by the keywords of the PNG standard."""
    said = {**chunks.of_png(image.fp, xmp.MOST_BYTES), **image.info} if image.format == "PNG" else {}
    keys = {"title": "Title", "creator": "Author", "caption": "Description", "copyright": "Copyright"}
    return {field: [said[key]] for field, key in keys.items() if isinstance(said.get(key), str)}


def _iim(image):
    """Blocks of IIM outside resources, and the Photoshop resources that may hold others and their digest."""
    if hasattr(image, "applist"):
        # A block that is too long for one segment continues in the next one, even within a resource.
        return [], b"".join(_segments(image, "APP13", PHOTOSHOP_SEGMENT))
    if image.format == "TIFF":
        return [_tiff_bytes(image, TIFF_IIM)], _tiff_bytes(image, TIFF_PHOTOSHOP)
    profile = _profile(image, "iptc") or _profile(image, "8bim")
    return ([profile], b"") if profile.startswith(b"\x1c") else ([], profile)


def _segments(image, name, mark):
    """The bodies of a JPEG's segments of that name that begin with `mark`. Pillow's `info` has only the last one."""
    return [body[len(mark) :] for marker, body in image.applist if marker == name and body.startswith(mark)]


def _extended(segments):
    """Complete extended XMP by GUID. Each segment has a GUID, the full length, an offset and bytes."""
    pieces = defaultdict(dict)
    for segment in segments:
        if len(segment) > 40:
            length, offset = struct.unpack(">II", segment[32:40])
            pieces[segment[:32].decode("latin-1").upper(), length][offset] = segment[40:]
    whole = {}
    for (guid, length), parts in pieces.items():
        packet = b"".join(parts[offset] for offset in sorted(parts))
        in_order = all(offset + len(parts[offset]) in (*parts, length) for offset in parts)
        if len(packet) == length and in_order:
            whole[guid] = packet
    return whole


def _tiff_bytes(image, tag):
    """The bytes of a TIFF's tag, read as Pillow's own `getiptcinfo` does.

    IIM is often typed as 32-bit numbers. Of these `tag_v2` keeps only one, sometimes with swapped bytes.
    """
    raw = image.tag_v2._tagdata.get(tag, b"")
    if raw[3:4] == b"\x1c" != raw[:1]:
        count = len(raw) // 4
        raw = struct.pack(f"<{count}I", *struct.unpack_from(f">{count}I", raw))
    return raw


def _profile(image, name):
    """A profile as ImageMagick and ExifTool write it into a PNG's text: name, length and hexadecimal digits."""
    key = f"Raw profile type {name}"
    raw = image.info.get(key, "")
    if not raw and image.format == "PNG":
        raw = chunks.of_png(image.fp, xmp.MOST_BYTES).get(key, "")
    try:
        return bytes.fromhex("".join(raw.split()[2:]))[: xmp.MOST_BYTES]
    except (ValueError, AttributeError):
        return b""
