"""Metadata that Pillow passes over: what stands behind the picture of a PNG, and the XMP of a GIF. Pure.

Both files are walked from mark to mark, so many at most, and no more than `most` bytes of them are kept.
"""

import zlib

MOST_CHUNKS = 50_000
MOST_BLOCKS = 300_000  # of 255 bytes
_XMP = "XML:com.adobe.xmp"


def of_png(file, most):
    """What the chunks of a PNG say: texts by their keywords, and bytes under b"xmp" and b"exif". The first counts."""
    found = {}
    for kind, start, size in _png_chunks(file):
        if kind not in (b"eXIf", b"tEXt", b"zTXt", b"iTXt") or size > most:
            continue
        file.seek(start)
        body = file.read(size)
        key, value = (b"exif", body) if kind == b"eXIf" else _png_text(kind, body, most)
        most -= len(value) + 100
        if key == _XMP:
            found.setdefault(b"xmp", value)
        else:
            found.setdefault(key, value if key == b"exif" else _decoded(value))
    return found


def _png_chunks(file):
    """(kind, where its body starts, size) of each chunk."""
    at = 8
    for _ in range(MOST_CHUNKS):
        file.seek(at)
        header = file.read(8)
        if len(header) < 8:
            return
        size = int.from_bytes(header[:4], "big")
        yield header[4:], at + 8, size
        at += size + 12


def _png_text(kind, body, most):
    """The keyword of a text and its bytes, unpacked."""
    key, _, rest = body.partition(b"\0")
    is_packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    value = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1] if kind == b"iTXt" else rest
    if is_packed:
        try:
            value = zlib.decompressobj().decompress(value, max(1, most))
        except zlib.error:
            value = b""
    return key.decode("latin-1"), value


def _decoded(value):
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def xmp_of_gif(file, most):
    """The XMP packet of a GIF: an application extension, of which the packet is not cut into blocks as others are."""
    file.seek(0)
    head = file.read(13)
    if len(head) < 13:
        return b""
    at, steps = 13 + _colours(head[10]), iter(range(MOST_BLOCKS))  # one count for all that is walked
    for _ in steps:
        file.seek(at)
        mark = file.read(14)
        if mark[:3] == b"\x21\xff\x0b" and mark[3:14] == b"XMP DataXMP":
            return _packet(file.read(most))
        if mark[:1] == b"\x2c":  # a picture: its place, its colours, how it is packed
            at += 11 + _colours(mark[9]) if len(mark) > 9 else len(mark)
        elif mark[:1] == b"\x21":
            at += 2
        else:
            return b""
        at = _past_blocks(file, at, steps)
    return b""


def _colours(flags):
    """The bytes that a table of colours takes, if the flags name one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(file, at, steps):
    """Where the blocks end that start at `at`, each after its length, the last one empty."""
    for _ in steps:
        file.seek(at)
        size = file.read(1)
        at += 1 + size[0] if size else 1
        if not size or not size[0]:
            break
    return at


def _packet(raw):
    """The packet up to its trailer, 01 ff fe … 00 00; some programs cut it into blocks all the same."""
    if raw[:1] == b"<" or raw[:3] == b"\xef\xbb\xbf" or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.partition(b"\x01\xff\xfe")[0]
    parts, at = [], 0
    while at < len(raw) and raw[at]:
        parts.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return b"".join(parts)
