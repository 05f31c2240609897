"""Decodes bytes of XML piece by piece, and mends common mistakes of programs. Pure.

Only mistakes with a single possible meaning are mended: control characters, which XML forbids; entities of HTML
("&nbsp;"); "&", "]]>" and the "<" of "5 < 6" as plain text; bytes that are not UTF-8, read as Windows-1252, which
they nearly always are; a declaration after blank lines. A byte order mark or the bytes themselves win over the
declared encoding, because a file in UTF-16 cannot hide its encoding.
"""

import codecs
import html
import html.entities
import re

from .letters import whole

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_ZEROS = {  # which of the first four bytes are zero
    (False, True, False, True): "utf-16-le", (True, False, True, False): "utf-16-be",
    (False, True, True, True): "utf-32-le", (True, True, True, False): "utf-32-be",
}  # fmt: skip
# As browsers read them (https://encoding.spec.whatwg.org/#names-and-labels); other encodings as declared.
_READ_AS = {
    "ascii": "utf-8-sig", "utf-8": "utf-8-sig", "utf-16": "utf-8-sig", "utf-16-le": "utf-8-sig",
    "utf-16-be": "utf-8-sig", "utf-32": "utf-8-sig", "iso8859-1": "cp1252", "iso8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932",
}  # fmt: skip
_READ = re.compile(r"utf-8-sig|cp125[0-8]|cp(?:874|93[26]|949|437|850|866)|iso8859-\d+|koi8-[ru]|gb18030|big5|euc_jp")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_BEFORE_ROOT = re.compile(r"[\s\ufeff]*(?:<\?xml\s[^>]{0,1000}\?>)?")

_MARKER = 0x10F000  # for bytes that are not UTF-8, in the private use area of Unicode
_MARKED = re.compile("[\U0010f080-\U0010f0ff]")
_MEANT = {_MARKER + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_SECTIONS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}  # within them nothing is a reference
_SECTION = re.compile(r"<!\[CDATA\[|<!--|<\?")
_NO_TAG = re.compile(r"<(?![A-Za-z_:/!?\x80-\U0010ffff])")
_AMPERSAND = re.compile(r"&(?:#(?:(\d{1,20})|[xX]([0-9A-Fa-f]{1,16}));|([A-Za-z][A-Za-z0-9]{1,31});)?")
_UNFINISHED = re.compile(r"&[#0-9A-Za-z]{0,33}\Z|\]{1,2}\Z|<[^>]{0,8}\Z")  # may continue in the next piece
_LONGEST_UNFINISHED = 40
_OWN = {"amp", "lt", "gt", "quot", "apos"}  # entities of XML itself
_FIRST = 1_024  # bytes that are searched for the encoding


class UnknownEncoding(ValueError):
    """The declaration names an encoding that is not supported."""


def texts(chunks):
    """The text of `chunks` of bytes in pieces, with marks (see `unmarked`). Raises UnknownEncoding."""
    chunks = iter(chunks)
    start = _start(chunks)
    decoder = _Decoder(encoding_of(start))
    mender = _Mender()
    text = decoder.decode(start)
    before_root = _BEFORE_ROOT.match(text)[0]
    yield mender.mended(re.sub(r"[^\n]", " ", before_root) + text[len(before_root) :])  # lines keep their numbers
    for chunk in chunks:
        yield mender.mended(decoder.decode(chunk))
    yield mender.mended(decoder.decode(b"", final=True), final=True)


def unmarked(text):
    """(text, whether it had marks). A mark stands for a byte that is not UTF-8; it becomes the most likely letter."""
    if not _MARKED.search(text):
        return text, False
    return text.translate(_MEANT), True


def encoding_of(start):
    """The codec for XML that begins with these bytes. Raises UnknownEncoding."""
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    if codec := _ZEROS.get(tuple(byte == 0 for byte in start[:4])):
        return codec
    declared = _DECLARED.match(start)
    name = declared[1].decode() if declared else "utf-8"
    try:
        name = codecs.lookup(name).name
    except LookupError as error:
        raise UnknownEncoding(name) from error
    name = _READ_AS.get(name, name)
    if not _READ.fullmatch(name):
        raise UnknownEncoding(name)
    return name


def _start(chunks):
    start = b""
    for chunk in chunks:
        start += chunk
        if len(start) >= _FIRST:
            break
    return start


def _mark(error):
    return "".join(chr(_MARKER + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("articles.text.xml_text.mark", _mark)


class _Decoder:
    """Text without the characters that XML forbids."""

    def __init__(self, encoding):
        self.is_wide = encoding.startswith(("utf-16", "utf-32"))
        errors = "articles.text.xml_text.mark" if encoding == "utf-8-sig" else "replace"
        self.decoder = codecs.getincrementaldecoder(encoding)(errors)

    def decode(self, chunk, final=False):
        if self.is_wide:
            return _FORBIDDEN.sub("", self.decoder.decode(chunk, final)).replace("\ufeff", "")
        text = self.decoder.decode(chunk.translate(None, _CONTROLS), final)
        return text if text.isascii() else text.replace("\ufffe", "").replace("\uffff", "")


class _Mender:
    """Turns each "&" outside CDATA into a valid reference."""

    def __init__(self):
        self.rest, self.end = "", ""  # text that may continue in the next piece; the end mark of the open section
        self.half = ""  # the first half of a letter that is written as two numbers

    def mended(self, piece, final=False):
        text = self.half + self._mended(piece, final)
        self.half = text[-1:] if not final and "\ud800" <= text[-1:] <= "\udbff" else ""
        return whole(text[: len(text) - len(self.half)])

    def _mended(self, piece, final):
        text, made, place = self.rest + piece, [], 0
        while place < len(text):
            if self.end:
                place = self._through_section(text, place, made)
                if self.end:
                    break
            opened = _SECTION.search(text, place)
            made.append(_references(text[place : opened.start()]) if opened else "")
            if not opened:
                break
            self.end = _SECTIONS[opened[0]]
            made.append(opened[0])
            place = opened.end()
        return "".join(made) + self._last(text[place:], final)

    def _through_section(self, text, place, made):
        """The end of the open section. If it does not end here, everything stays for `_last`."""
        end = text.find(self.end, place)
        if end < 0:
            return place
        end += len(self.end)
        made.append(text[place:end])
        self.end = ""
        return end

    def _last(self, text, final):
        """Text after the last section, or the part of an unfinished one, without an end that may continue."""
        if self.end:
            cut = len(text) if final else max(0, len(text) - len(self.end) + 1)
        else:
            tail = max(0, len(text) - _LONGEST_UNFINISHED)
            unfinished = None if final else _UNFINISHED.search(text, tail)
            cut = unfinished.start() if unfinished else len(text)
        self.rest = text[cut:]
        return text[:cut] if self.end else _references(text[:cut])


def _references(text):
    if "<" in text:
        text = _NO_TAG.sub("&lt;", text)
    if "]]>" in text:
        text = text.replace("]]>", "]]&gt;")
    if "&" not in text:
        return text
    return _AMPERSAND.sub(_reference, text)


def _reference(match):
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        return _numbered(int(decimal) if decimal else int(hexadecimal, 16))
    if name in _OWN:
        return match[0]
    letters = html.entities.html5.get(f"{name};", "") if name else ""
    return html.escape(letters) if letters else f"&amp;{match[0][1:]}"


def _numbered(code):
    """A character by its number, as browsers read it. Some programs write an emoji as two numbers (UTF-16 halves)."""
    if code in (9, 10, 13):
        return f"&#{code};"
    if code < 32 or code in (0xFFFE, 0xFFFF):
        return ""
    return chr(code) if 0xD800 <= code <= 0xDFFF else html.escape(html.unescape(f"&#{code};"))
