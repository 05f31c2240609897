"""Picture files with metadata in every container, byte by byte."""

import io
import struct

from PIL import Image

from articles.photo_metadata import read

UTF8 = ((1, 90), b"\x1b%G")
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = f"""xmlns:rdf="{RDF}" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
    xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:note="http://ns.adobe.com/xmp/note/" """


def picture(kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "#336699").save(out, kind, **options)
    return out.getvalue()


def jpeg(*segments):
    """A JPEG with these segments, (marker, body), after its first two bytes."""
    plain = picture()
    made = b"".join(bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return plain[:2] + made + plain[2:]


def iim(*datasets):
    return b"".join(b"\x1c" + bytes(key) + struct.pack(">H", len(value)) + value for key, value in datasets)


def resource(body, code=0x0404):
    return b"8BIM" + struct.pack(">HH", code, 0) + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)


def photoshop(*datasets):
    return 0xED, b"Photoshop 3.0\0" + resource(b"half a resolution", 0x03EE) + resource(iim(*datasets))


def packet(elements="", attributes=""):
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f"<rdf:RDF {SPACES}>"
        f'<rdf:Description rdf:about="" {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>'
        f'{" " * 200}<?xpacket end="w"?>'
    ).encode()


def xmp(elements="", attributes=""):
    return 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(elements, attributes)


def read_xmp(elements="", attributes=""):
    return read(jpeg(xmp(elements, attributes)))


def exif(artist=b"Kamera Siti", photo=None):
    made = Image.Exif()
    made.update({0x013B: artist, 0x8298: b"Siti\0Redaksi", 0x010E: b"Balai kota Gorontalo"})
    made[0x8769] = {0x9003: "2023:10:19 14:03:22", 0x9011: "+07:00", **(photo or {})}
    made[0x8825] = {1: "N", 2: (0.0, 32.0, 1.0)}
    return made.tobytes()


def tiff(order, tag, kind, body):
    """A TIFF of one pixel, little ("<") or big (">") endian, with one tag more; Pillow writes little endian only."""
    entries = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8)]
    entries += [(277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 1, 1), (tag, kind, len(body) // {4: 4, 7: 1}[kind], 134)]
    made = struct.pack(f"{order}2sHIH", {"<": b"II", ">": b"MM"}[order], 42, 8, len(entries))
    for name, of, count, value in entries:
        made += struct.pack(f"{order}HHI" + {3: "Hxx"}.get(of, "I"), name, of, count, value)
    return made + b"\0\0\0\0" + body


def alt(name, *texts):
    items = "".join(f'<rdf:li xml:lang="{language}">{words}</rdf:li>' for language, words in texts)
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"
