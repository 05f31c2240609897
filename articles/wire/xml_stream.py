"""XML of any size, read as it comes: mended where its writers are known to err, else refused. Pure.

Mended: control characters, which XML forbids but systems write; names of HTML's characters ("&nbsp;"); blank lines
before the first tag; bytes that are no UTF-8, read as Windows-1252, which they nearly always are. Document types,
entities and outside references are refused by defusedxml.
"""

import codecs
import html.entities
import re

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from .item import LARGEST, Refusal

CHUNK = 1 << 16
ENCODINGS = {
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "windows-1252": "windows-1252", "utf-16": "utf-16",
}  # fmt: skip

_MARKER = 0x10F000  # of bytes that were no UTF-8, in the private part of Unicode
_MARKED = re.compile("[\U0010f080-\U0010f0ff]")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_FORBIDDEN_NUMBER = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")


def _marked(error):
    return "".join(chr(_MARKER + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("articles.wire.marked", _marked)


def unmarked(text):
    """(text, whether it was mended): bytes that were no UTF-8, as what they most likely are."""
    if not _MARKED.search(text):
        return text, False
    return _MARKED.sub(lambda match: bytes([ord(match[0]) - _MARKER]).decode("windows-1252", "replace"), text), True


def parse(file, target):
    """Feed the parser of `target` (start, end, data), which this yields to after every bit.

    Raises Refusal where the file ends being XML; what was complete before has been yielded to then.
    """
    parser = DefusedXMLParser(target=target, encoding="utf-8", forbid_dtd=True)
    fed, refusal = 0, ""
    try:
        for text in _texts(file):
            fed += len(encoded := text.encode())
            parser.feed(encoded)
            yield
            if fed - parser.parser.CurrentByteIndex > LARGEST:
                raise Refusal(_("One tag or comment of the file is larger than a whole item may be."))
        parser.close()
    except ParseError as error:
        refusal = _("The file is no sound XML from line %(line)s, column %(column)s on; what follows was not read.")
        refusal %= dict(zip(("line", "column"), error.position, strict=True))
    except DefusedXmlException:
        refusal = _("The file declares a document type or entities, which may do harm: it was not read.")
    except Refusal as error:
        refusal = str(error)
    yield
    if refusal:
        raise Refusal(refusal)


def _texts(file):
    """The text of the file in chunks, mended, no reference cut in two."""
    chunk = file.read(CHUNK)
    encoding = _encoding(chunk)
    decoder = codecs.getincrementaldecoder(encoding)("articles.wire.marked" if encoding == "utf-8-sig" else "replace")
    rest, is_first = "", True
    while chunk:
        if encoding != "utf-16":
            chunk = chunk.translate(None, _CONTROLS)
        text = rest + decoder.decode(chunk)
        if is_first:
            text = text.lstrip("\ufeff \t\r\n")
            is_first = not text
        cut = text.rfind("&", -40)
        rest = text[cut:] if cut >= 0 and ";" not in text[cut:] else ""
        yield _mended(text[: len(text) - len(rest)])
        chunk = file.read(CHUNK)
    yield _mended(rest + decoder.decode(b"", final=True))


def _encoding(start):
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = _DECLARED.search(start[:500])
    name = declared[1].decode().lower() if declared else ""
    return ENCODINGS.get(name, "utf-8-sig") if name != "utf-16" else "utf-8-sig"  # it lies: it could be read


def _mended(text):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    if "&" not in text:
        return text
    return _NAMED.sub(_character, _FORBIDDEN_NUMBER.sub("", text))


def _character(match):
    """What HTML means by a name, where XML knows none; not those that would be markup."""
    found = html.entities.html5.get(f"{match[1]};", "")
    return found if found and min(found) >= "\xa0" else match[0]
