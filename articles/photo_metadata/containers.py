"""Where the formats keep metadata: XMP packets, IIM blocks and EXIF texts of an image that Pillow has opened. Pure.

Only headers are read, no pixel is decoded.
"""

import re
import struct
import zlib
from collections import defaultdict

from PIL import ExifTags, Image

from . import iim, xmp

TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "HEIF")
XMP_SEGMENT, EXTENDED_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP_SEGMENT = b"Photoshop 3.0\0"
TIFF_IIM, TIFF_PHOTOSHOP = 33723, 34377
MOST_CHUNKS = 50_000
_BY_CAMERAS = re.compile(r"(\w+ )?digital camera|sony dsc|dcim\\.*", re.I)


def xmp_texts(image):
    """Texts by field of the XMP in `image`."""
    if hasattr(image, "applist"):
        packets = [body for body in _segments(image, "APP1", XMP_SEGMENT) if body]
        return xmp.read(packets, _extended(_segments(image, "APP1", EXTENDED_SEGMENT)))
    packet = image.info.get("xmp") or _profile(image, "xmp")
    if not packet and image.format == "PNG":
        packet = _late_packet(image.fp)
    return xmp.read([packet] if isinstance(packet, bytes) else [], {})


def iim_texts(image):
    """Texts by field of the IPTC-IIM in `image`."""
    if hasattr(image, "applist"):
        # What is too long for one segment goes on in the next, amid a resource if need be.
        return iim.read(iim.blocks(b"".join(_segments(image, "APP13", PHOTOSHOP_SEGMENT))))
    if image.format == "TIFF":
        return iim.read([_tiff_bytes(image, TIFF_IIM), *iim.blocks(_tiff_bytes(image, TIFF_PHOTOSHOP))])
    profile = _profile(image, "iptc") or _profile(image, "8bim")
    return iim.read([profile] if profile.startswith(b"\x1c") else iim.blocks(profile))


def exif_texts(image):
    """Texts by field of the EXIF in `image`."""
    tags = Image.Image.getexif(image)  # a PNG's own getexif would decode the picture to look behind it
    photo = tags.get_ifd(ExifTags.IFD.Exif)
    caption = _exif_text(tags.get(ExifTags.Base.ImageDescription))
    day, _, hour = _exif_text(photo.get(ExifTags.Base.DateTimeOriginal)).strip().partition(" ")
    taken = f"{day.replace(':', '-')}T{hour}"
    return {
        "creator": _exif_text(tags.get(ExifTags.Base.Artist)).split(";"),
        "copyright": [", ".join(filter(str.strip, _exif_text(tags.get(ExifTags.Base.Copyright)).split("\0")))],
        "caption": [] if _BY_CAMERAS.fullmatch(caption.strip(" \0")) else [caption],
        "created_at": [taken + _exif_text(photo.get(ExifTags.Base.OffsetTimeOriginal)).strip(" \0"), taken],
    }


def _segments(image, name, mark):
    """The bodies of a JPEG's segments of that name that begin with `mark`. Pillow's `info` keeps the last only."""
    return [body[len(mark) :] for marker, body in image.applist if marker == name and body.startswith(mark)]


def _extended(segments):
    """Extended XMP by GUID, as far as it is whole: pieces of a GUID, the full length, an offset and the bytes."""
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
    """The bytes of a TIFF's tag, from where Pillow's own `getiptcinfo` has them.

    IIM is often typed as 32-bit numbers, of which `tag_v2` keeps one, and then at times with swapped bytes.
    """
    raw = image.tag_v2._tagdata.get(tag, b"")
    if raw[3:4] == b"\x1c" != raw[:1]:
        count = len(raw) // 4
        raw = struct.pack(f"<{count}I", *struct.unpack_from(f">{count}I", raw))
    return raw


def _profile(image, name):
    """A profile as ImageMagick and ExifTool put it into a PNG's text: name, length and hexadecimal digits."""
    raw = image.info.get(f"Raw profile type {name}", "")
    try:
        return bytes.fromhex("".join(raw.split()[2:]))[: xmp.MOST_BYTES]
    except (ValueError, AttributeError):
        return b""


def _late_packet(file):
    """The XMP packet of a PNG whose chunk stands after the picture, where Pillow comes only by decoding it."""
    at = 8
    for _ in range(MOST_CHUNKS):
        file.seek(at)
        header = file.read(8)
        if len(header) < 8:
            break
        size, kind = int.from_bytes(header[:4], "big"), header[4:]
        if kind == b"iTXt" and size <= xmp.MOST_BYTES:
            key, _, rest = file.read(size).partition(b"\0")
            if key == b"XML:com.adobe.xmp":
                body = rest[2:].split(b"\0", 2)[-1]
                return zlib.decompressobj().decompress(body, xmp.MOST_BYTES) if rest[:1] == b"\1" else body
        at += size + 12
    return b""


def _exif_text(value):
    """An EXIF text: ASCII by the standard, UTF-8 by many; Pillow reads it as Latin-1."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value
