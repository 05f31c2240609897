"""Metadata that Pillow does not read: chunks behind the picture of a PNG, and the XMP of a GIF. Pure.

The walk through a file has a maximum number of steps and returns at most `most` bytes.
"""

import zlib

MOST_CHUNKS = 50_000
MOST_BLOCKS = 300_000  # of 255 bytes
_XMP = "XML:com.adobe.xmp"


def of_png(file, most):
    """The chunks of a PNG: texts by keyword, and bytes under b"xmp" and b"exif". The first of a kind wins."""
    texts = {}
    for kind, start, size in _png_chunks(file):
        if kind not in (b"eXIf", b"tEXt", b"zTXt", b"iTXt") or size > most:
            continue
        file.seek(start)
        body = file.read(size)
        key, value = (b"exif", body) if kind == b"eXIf" else _png_text(kind, body, most)
        most -= len(value) + 100
        if key == _XMP:
            texts.setdefault(b"xmp", value)
        else:
            texts.setdefault(key, value if key == b"exif" else _decoded(value))
    return texts


def _png_chunks(file):
    """(kind, start of its body, size) of each chunk."""
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
    """The keyword of a text and its decompressed bytes."""
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
    """The XMP packet of a GIF. It is in an application extension, and not divided into blocks like other extensions."""
    file.seek(0)
    head = file.read(13)
    if len(head) < 13:
        return b""
    at, steps = 13 + _colours(head[10]), iter(range(MOST_BLOCKS))  # one limit for all steps
    for _ in steps:
        file.seek(at)
        mark = file.read(14)
        if mark[:3] == b"\x21\xff\x0b" and mark[3:14] == b"XMP DataXMP":
            return _packet(file.read(most))
        if mark[:1] == b"\x2c":  # a picture: position, size, colours, packing
            at += 11 + _colours(mark[9]) if len(mark) > 9 else len(mark)
        elif mark[:1] == b"\x21":
            at += 2
        else:
            return b""
        at = _past_blocks(file, at, steps)
    return b""


def _colours(flags):
    """The size of a colour table in bytes, if the flags announce one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(file, at, steps):
    """The end of the blocks that start at `at`. Each block follows its length; the last one is empty."""
    for _ in steps:
        file.seek(at)
        size = file.read(1)
        at += 1 + size[0] if size else 1
        if not size or not size[0]:
            break
    return at


def _packet(raw):
    """The packet up to its trailer, 01 ff fe … 00 00. Some programs divide it into blocks nevertheless."""
    if raw[:1] == b"<" or raw[:3] == b"\xef\xbb\xbf" or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.partition(b"\x01\xff\xfe")[0]
    parts, at = [], 0
    while at < len(raw) and raw[at]:
        parts.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return b"".join(parts)
