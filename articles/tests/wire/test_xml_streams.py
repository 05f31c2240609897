"""XML of unknown origin: what is mended, what is refused, and that memory stays bounded."""

import io
import tracemalloc

import pytest

from articles.text import xml_parser, xml_text
from articles.wire.streams import scratch, xml_stream
from articles.wire.values.item import Refusal


class Target:
    def __init__(self):
        self.names, self.attributes, self.text, self.is_mended = [], [], "", False

    def start(self, name, attributes):
        self.names.append(name)
        self.attributes += attributes.items()

    def data(self, text):
        self.text += text

    def end(self, _name):
        pass

    def mended(self):
        self.is_mended = True


def parsed(data, size=1 << 16):
    target = Target()
    parser = xml_parser.Parser(target)
    for text in xml_text.texts(data[place : place + size] for place in range(0, len(data), size)):
        parser.feed(text)
    parser.close()
    return target


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("AT&T", "AT&T"),
        ("a & b", "a & b"),
        ("&", "&"),
        ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
        ("5&nbsp;kg&hellip;", "5\xa0kg…"),
        ("&amp;nbsp; &lt;b&gt;", "&nbsp; <b>"),
        ("&entah; &lpar;&AMP;&LT;", "&entah; (&<"),
        ("&#8220;&#x201d;&#60;&#38;", "“”<&"),
        ("&#55357;&#56832;&#xD83D;", "😀�"),
        ("&#146;&#0;&#x1F;&#99999999;", "’�"),
        ("a]]>b", "a]]>b"),
        ("5 < 6 <= 7 <3 <>", "5 < 6 <= 7 <3 <>"),
        ("<![CDATA[AT&T &nbsp; &amp; <b>]]>&", "AT&T &nbsp; &amp; <b>&"),
        ("<!-- & <![CDATA[ -->&", "&"),
        ("<?php & ?>&", "&"),
        ("a\x00\x0b\x1fb\ufffe", "ab"),
        ("<a b='?c=1&d=2&eacute;'/>", ""),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_what_can_be_meant_in_one_way_only_is_mended_wherever_it_is_cut(written, text, size):
    data = f"<rss>{' ' * xml_text._FIRST}{written}</rss>".encode()
    found = parsed(data, size)
    assert found.text.strip() == text
    assert not found.attributes or found.attributes == [("b", "?c=1&d=2é")]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-be"),
        ("utf-8", "utf-16-le"),
        ("utf-8", "utf-32"),
        ("utf-16", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("ISO-8859-15", "iso-8859-15"),
        ("windows-1252", "cp1252"),
        ("us-ascii", "utf-8"),
        ("gb2312", "gb18030"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_the_encoding_is_that_of_the_bytes_then_that_of_the_declaration(declared, encoding):
    data = f'\n<?xml version="1.0" encoding="{declared}"?>\n<rss>Kafé</rss>'.encode(encoding)
    assert parsed(data).text == "Kafé"


def test_bytes_that_are_no_utf8_are_windows_1252_in_text_and_attributes_and_that_is_told():
    found = parsed(b"<rss a='caf|'>|</rss>".replace(b"|", b"\xe9"))
    assert (found.text, found.attributes, found.is_mended) == ("é", [("a", "café")], True)
    assert not parsed(b"<rss a='b'>c</rss>").is_mended


def test_names_carry_their_namespace():
    found = parsed(b'<rss xmlns:a="urn:a" xmlns="urn:b"><a:c a:d="1" e="2"/></rss>')
    assert found.names == ["{urn:b}rss", "{urn:a}c"]
    assert found.attributes == [("{urn:a}d", "1"), ("e", "2")]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("<a:b/>", ["rss", "{urn:a}b"]),
        ("<c:b/>", ["rss", "{c}b"]),
        ('<b xmlns="urn:b"><c/></b><c/>', ["rss", "{urn:b}b", "{urn:b}c", "c"]),
        ('<c xmlns:a="urn:b"><a:b/></c><a:b/>', ["rss", "c", "{urn:b}b", "{urn:a}b"]),
        ('<b xmlns="urn:b"><c xmlns=""/></b>', ["rss", "{urn:b}b", "c"]),
    ],
)
def test_a_namespace_holds_within_the_element_that_declares_it(written, names):
    target = Target()
    parser = xml_parser.Parser(target, spaces={"a": "urn:a"})
    parser.feed(f"<rss>{written}</rss>")
    parser.close()
    assert (target.names, target.attributes) == (names, [])


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]><rss>&a9;</rss>',
    "a large entity many times": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]><rss>{"&a;" * 10_000}</rss>',
    "an entity of a file": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
    "an entity of the network": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><rss/>',
    "a document type elsewhere": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/"><rss/>',
    "elements without end": "<rss>" + "<a>" * 100_000,
    "an attribute of many megabytes": f"<rss><a b='{'x' * 5_000_000}'/></rss>",
    "a tag of a million attributes": f"<rss><a {' '.join(f"a{n}=''" for n in range(600_000))}/></rss>",
    "namespaces without end": "<rss " + " ".join(f'xmlns:a{n}="b"' for n in range(1_000)) + "/>",
    "a namespace of many letters": f"<rss xmlns='{'x' * 1_000_000}'>{'<b/>' * 50}</rss>",
    "names without end": "<rss>" + "".join(f"<a{n}/>" for n in range(100_000)) + "</rss>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_is_refused_with_a_sentence(name):
    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match=r".{20}\."):
            for _bit in xml_stream.parse(io.BytesIO(HOSTILE[name].encode()), Target()):
                pass
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_the_document_type_of_rss_itself_is_passed_over():
    public = "-//Netscape Communications//DTD RSS 0.91//EN"
    data = f'<!DOCTYPE rss PUBLIC "{public}" "http://127.0.0.1:9/x.dtd"><rss>&eacute;&entah;</rss>'.encode()
    target = Target()
    assert all(bit is None for bit in xml_stream.parse(io.BytesIO(data), target, [public]))
    assert target.text == "é&entah;"


class Once(io.RawIOBase):
    """Bytes that can be read but once, and then break off."""

    def __init__(self, data):
        self.data = io.BytesIO(data)

    def readable(self):
        return True

    def seekable(self):
        return False

    def read(self, size=-1):
        if found := self.data.read(size):
            return found
        raise Refusal("Putus.")


def test_what_can_be_read_but_once_is_read_twice_and_breaks_off_each_time():
    with scratch.rewindable(Once(b"abc" * 50_000)) as file:
        for _time in range(2):
            file.seek(0)
            assert b"".join(file.read(1_000) for _part in range(150)) == b"abc" * 50_000
            with pytest.raises(Refusal, match="Putus"):
                file.read(1_000)


def test_notes_keep_what_was_told_first_outside_of_memory():
    notes = scratch.Notes()
    tracemalloc.start()
    try:
        for number in range(20_000):
            notes.put(f"kunci {number}", "kata " * 100)
        notes.put("kunci 7", "lain")
        assert notes.get("kunci 7") == "kata " * 100
        assert (notes.get("tiada"), notes.get("tiada", "")) == (None, "")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
        notes.close()
