"""Who a byline names, as feeds of Indonesian newsrooms write it."""

from datetime import UTC

import pytest
from django.utils import translation

from articles.wire.ninjs import reading
from articles.wire.values import bylines

SITI, BUDI, ANI = ("Siti Aminah", "author"), ("Budi Santoso", "author"), ("Ani Mokodompit", "author")


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Siti Aminah", [SITI]),
        ("Siti Aminah dan Budi Santoso", [SITI, BUDI]),
        ("Siti Aminah, Budi Santoso", [SITI, BUDI]),
        ("Siti Aminah, Budi Santoso dan Ani Mokodompit", [SITI, BUDI, ANI]),
        ("Siti Aminah, Budi Santoso, and Ani Mokodompit", [SITI, BUDI, ANI]),
        ("Siti Aminah; Budi Santoso", [SITI, BUDI]),
        ("Siti Aminah/Budi Santoso", [SITI, BUDI]),
        ("Siti Aminah / Budi Santoso / SITI AMINAH", [SITI, BUDI]),
        ("Siti Aminah & Budi Santoso", [SITI, BUDI]),
        ("Siti Aminah &amp; <b>Budi Santoso</b>", [SITI, BUDI]),
        ("Oleh Siti Aminah", [SITI]),
        ("Oleh: Siti Aminah", [SITI]),
        ("OLEH : Siti Aminah dan Budi Santoso", [SITI, BUDI]),
        ("By Siti Aminah", [SITI]),
        ("Reporter: Siti Aminah | Editor: Budi Santoso", [SITI, ("Budi Santoso", "editor")]),
        ("Penulis: Siti Aminah; Editor: Budi Santoso", [SITI, ("Budi Santoso", "editor")]),
        ("Penulis: Siti Aminah Editor: Budi Santoso", [SITI, ("Budi Santoso", "editor")]),
        ("Penulis : Siti Aminah - Editor : Budi Santoso", [SITI, ("Budi Santoso", "editor")]),
        (
            "Siti Aminah; Editor: Budi Santoso, Ani Mokodompit",
            [SITI, ("Budi Santoso", "editor"), ("Ani Mokodompit", "editor")],
        ),
        ("(ani/bud)", [("ani", "author"), ("bud", "author")]),
        ("[Siti Aminah]", [SITI]),
        ("Siti Aminah*", [SITI]),
        ("Laporan Wartawan Siti Aminah", [SITI]),
        ("Laporan Kontributor Tribun, Siti Aminah dan Budi Santoso", [SITI, BUDI]),
        ("von Müller", [("von Müller", "author")]),
        ("null", []),
        ("Siti Aminah, unknown", [SITI]),
        ("Siti Aminah, Foto: Budi Santoso", [SITI, ("Budi Santoso", "photographer")]),
        ("Foto: Budi Santoso", [("Budi Santoso", "photographer")]),
        ("Siti Aminah (kontributor)", [("Siti Aminah", "contributor")]),
        ("Siti (Iti)", [("Siti (Iti)", "author")]),
        ("Siti Aminah, Kontributor", [("Siti Aminah", "contributor")]),
        ("Siti Aminah, Wartawan Senior", [SITI]),
        ("Kontributor Siti Aminah", [("Siti Aminah", "contributor")]),
        ("Tim Liputan: Siti Aminah", [("Tim Liputan", "author"), SITI]),
        ("siti@contoh.example (Siti Aminah)", [SITI]),
        ("noreply@blogger.com (Siti Aminah dan Budi Santoso)", [SITI, BUDI]),
        ("Siti Aminah <siti@contoh.example>", [SITI]),
        ("Siti Aminah, siti@contoh.example", [SITI]),
        ("Dr. Siti Aminah, M.Pd.", [("Dr. Siti Aminah, M.Pd.", "author")]),
        ("Siti Aminah, S.H.", [("Siti Aminah, S.H.", "author")]),
        ("Dr. X, M.Si", [("Dr. X, M.Si", "author")]),
        ("Siti Aminah, SH, MH dan Budi Santoso", [("Siti Aminah, SH, MH", "author"), BUDI]),
        ("Siti Aminah, S.I.Kom, M.Si, Budi Santoso", [("Siti Aminah, S.I.Kom, M.Si", "author"), BUDI]),
        ("Antara", [("Antara", "author")]),
        ("Kota Tanaka", [("Kota Tanaka", "author")]),
        ("(ANI/BUD)", [("ANI", "author"), ("BUD", "author")]),
        (
            "Medan Sirait, Bali Putra dan Padang Jaya",
            [(n, "author") for n in ("Medan Sirait", "Bali Putra", "Padang Jaya")],
        ),
        ("Dandan Andika", [("Dandan Andika", "author")]),
        ("Olehudin", [("Olehudin", "author")]),
        ("Byron Lahay", [("Byron Lahay", "author")]),
        ("", []),
        (" , / - ", []),
    ],
)
def test_a_byline_names_each_person_once(written, people):
    assert bylines.people(written, []) == people


@pytest.mark.parametrize(
    ("written", "names", "word"),
    [
        ("Siti Aminah | Tribun", ["Siti Aminah"], "Tribun"),
        ("Laporan Wartawan TribunGorontalo, Siti Aminah", ["Siti Aminah"], "TribunGorontalo"),
        ("redaksi@contoh.example", [], "redaksi@contoh.example"),
        ("https://contoh.example/siti", [], "https"),
        ("Siti Aminah, Jakarta", ["Siti Aminah"], "Jakarta"),
        ("JAKARTA, Siti Aminah", ["Siti Aminah"], "JAKARTA"),
        ("Siti Aminah, Kota Gorontalo dan Budi Santoso", ["Siti Aminah", "Budi Santoso"], "Kota Gorontalo"),
        ("Oleh: Siti Aminah, Washington, D.C.", ["Siti Aminah"], "Washington"),
        ("Siti Aminah/NTT", ["Siti Aminah"], "NTT"),
        ("Siti Aminah/Antara", ["Siti Aminah"], "Antara"),
        ("SITI AMINAH/AFP", ["SITI AMINAH"], "AFP"),
        ("Siti Aminah/AFP", ["Siti Aminah"], "AFP"),
        ("Gorontalo", [], "Gorontalo"),
        ("Siti Aminah - Jakarta", ["Siti Aminah"], "Jakarta"),
        ("Siti Aminah (Jakarta)", ["Siti Aminah"], "Jakarta"),
        ("Siti Aminah (Jakarta) dan Budi Santoso", ["Siti Aminah", "Budi Santoso"], "Jakarta"),
        ("Siti Aminah (ANTARA)", ["Siti Aminah"], "ANTARA"),
        ("Kontributor Jakarta, Siti Aminah", ["Siti Aminah"], "Jakarta"),
        ("Kontributor Jakarta: Siti Aminah", ["Siti Aminah"], "Jakarta"),
        ("Siti Aminah, Kontributor Jakarta", ["Siti Aminah"], "Jakarta"),
        ("Siti Aminah (Kontributor Jakarta)", ["Siti Aminah"], "Jakarta"),
        ("Siti Aminah, Kab. Bone Bolango", ["Siti Aminah"], "Bone Bolango"),
        ("Siti Aminah, Kompas.com", ["Siti Aminah"], "Kompas.com"),
    ],
)
def test_what_is_no_person_is_told(written, names, word):
    remarks = []
    with translation.override("en"):
        assert [name for name, _role in bylines.people(written, remarks)] == names
    assert [word in remark for remark in remarks] == [True]


def test_a_place_and_an_agency_together_are_both_told():
    remarks = []
    assert bylines.people("Ani Yudhoyono, Jakarta/Antara", remarks) == [("Ani Yudhoyono", "author")]
    assert len(remarks) == 2


def test_a_login_is_told_from_a_name():
    assert all(map(bylines.is_login, ["admin", "siti.aminah", "redaksi_2", "siti-a"]))
    assert not any(map(bylines.is_login, ["Admin", "siti aminah", "Siti", "é", ""]))


def test_a_byline_of_any_length_is_bounded():
    assert len(bylines.people(", ".join(f"Orang {number}" for number in range(5_000)), [])) == bylines.MOST
    assert bylines.people("(" * 50_000 + "@" * 50_000, []) == []


def test_a_byline_of_ninjs_is_taken_apart_in_the_same_way():
    data = {"uri": "urn:x", "headline": "Hujan", "byline": "Oleh: Siti Aminah, S.H. dan Budi Santoso"}
    item = reading.to_entry(data, UTC)
    assert [(person.name, person.role) for person in item.people] == [("Siti Aminah, S.H.", "author"), BUDI]
