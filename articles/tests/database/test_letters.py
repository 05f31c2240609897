"""Which letters a text may hold, when two names are one, and what a name is in an address."""

import sys
import unicodedata
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest

from articles.text import letters

EVERY_SIGN = [chr(number) for number in range(sys.maxunicode + 1)]
SCOTLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def test_no_sign_that_xml_forbids_is_sound():
    kept = "".join(sign for sign in EVERY_SIGN if letters.sound(sign) == sign)
    assert len(kept) > 1_000_000
    ET.fromstring(f"<a>{escape(kept)}</a>")


def test_no_sign_that_nobody_sees_stays_in_a_line():
    unseen = [sign for sign in EVERY_SIGN if unicodedata.category(sign) in ("Cf", "Cc", "Cs", "Zl", "Zp")]
    for sign in [*unseen, *"\u034f\u115f\u1160\u180b\u2800\u3164\ufe00\ufe0f\uffa0\U000e0100"]:
        assert letters.line(f"a{sign}b").replace(" ", "") == "ab", hex(ord(sign))
        assert letters.line(sign) == ""
        assert letters.prose(sign) == ""
        assert letters.is_blank(sign) or unicodedata.category(sign) in ("Cc", "Cs")


def test_a_lines_end_of_a_word_processor_parts_words():
    assert letters.line("satu\x0bdua\x07tiga\x85empat") == "satu dua tiga empat"
    assert letters.prose("satu\x0bdua\r\ntiga") == "satu\ndua\r\ntiga"
    assert letters.sound("satu\x00\ufffe\ud800") == "satu"


@pytest.mark.parametrize("emoji", ["❤️", FAMILY, "🏳️‍🌈", "👩🏽‍⚕️", "1️⃣", "☺️", "🇮🇩", "👍🏿", SCOTLAND])
def test_an_emoji_stays_whole(emoji):
    assert letters.line(f"Cinta {emoji} damai") == f"Cinta {emoji} damai"
    assert letters.prose(emoji) == emoji
    assert not letters.is_blank(emoji)


def test_what_joins_emoji_joins_nothing_else():
    assert letters.line(f"hitam \U0001f3f4{SCOTLAND[1:3]}{SCOTLAND[-1]}, {SCOTLAND[1:]}") == "hitam \U0001f3f4,"
    assert letters.line("ru\u200dsia\ufe0f \u200d❤️\u200d x") == "rusia ❤️ x"


def test_letters_that_turn_the_direction_stay_in_no_text():
    assert letters.line("Harga \u202enaik\u202c") == letters.prose("Harga \u2066\u202enaik\u202c\u2069") == "Harga naik"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rusia", "rusia"),
        ("Rusia", "Rusia\u200b"),
        ("Rusia", " RU\u202eSIA "),
        ("Rusia", "Ｒｕｓｉａ"),
        ("Pelé", "Pele"),
        ("Pelé", "Pele\u0301"),
        ("Łódź", "Lodz"),
        ("Straße", "STRASSE"),
        ("Jum’at", "Jum'at"),
        ("Jum´at", "Jum'at"),
        ("Oʻzbekiston", "Oʼzbekiston"),
        ("محـــمد", "محمد"),
        ("Perang  Dunia", "Perang\xa0Dunia"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_two_spellings_of_a_name_are_one(one, other):
    assert letters.folded(one) == letters.folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("Йод", "Иод"), ("हिन्दी", "हनद"), ("U-20", "U20"), ("IS", "IST")]
)
def test_two_names_stay_two(one, other):
    assert letters.folded(one) != letters.folded(other)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pelé", "pele"),
        ("Danau Limboto", "danau-limboto"),
        ("Jum’at", "jumat"),
        ("Jum´at", "jumat"),
        ("Perang: hari ke‑603 – “usai”", "perang-hari-ke-603-usai"),
        ("Путин", "putin"),
        ("中国", "zhongguo"),
        ("مصر", "msr"),
        ("😀", "grinning"),
        ("-_a_-", "a"),
    ],
)
def test_a_name_in_an_address(name, slug):
    assert letters.slug(name) == slug


def test_what_leaves_nothing_gets_the_same_letters_each_time():
    assert letters.slug("???") == letters.slug("???") != letters.slug("!!!")
    assert letters.spelt("???") == ""
