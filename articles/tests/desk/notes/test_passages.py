"""Where a passage stands more than once, the words around it decide; where it is gone, it is nowhere."""

import pytest

from articles.text.mentions import named
from articles.text.passages import Indexed, Passage, find, find_changed, passage

TEXT = "Air naik di Tapa. Warga mengungsi. Air naik di Kabila. Warga bertahan."


@pytest.mark.parametrize("start", [0, TEXT.rindex("Air naik")])
def test_of_two_that_read_alike_that_with_its_own_neighbours_is_meant(start):
    sought = passage(TEXT, start, start + 8)
    edited = f"Banjir. {TEXT} Selesai."
    assert find(edited, sought) == (start + 8, start + 16)


def test_white_space_does_not_count():
    assert find("Warga mengungsi.", Passage("Warga\n  mengungsi.")) == (0, 16)


@pytest.mark.parametrize("quote", ["", "  ", "Angin kencang"])
def test_what_does_not_stand_there_is_not_found(quote):
    assert find(TEXT, Passage(quote, "Air naik", "Tapa")) is None


@pytest.mark.parametrize(
    ("quote", "was", "now", "found"),
    [
        ("Warga mengungsi", "mengungsi", "pindah", "Warga pindah."),
        ("Tapa", "Tapa", "Suwawa", "Suwawa."),  # a word between those that stand around it
        ("Air naik di Kabila.", "naik di Kabila", "surut di Kabila lagi", "Air surut di Kabila lagi."),
        ("Warga mengungsi.", "Warga mengungsi. ", "", None),
        ("Warga mengungsi.", TEXT, "Wali kota datang pada Senin.", None),
    ],
)
def test_one_whose_own_words_were_edited_is_found_by_what_is_left(quote, was, now, found):
    at = TEXT.index(quote)
    edited = TEXT.replace(was, now)
    place = find_changed(Indexed(edited), passage(TEXT, at, at + len(quote)))
    assert (place and edited[slice(*place)]) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@rina tolong cek, juga @edo.", ["rina", "edo"]),
        ("(@a.b) dan @a.b lagi", ["a.b"]),
        ("surat ke rina@example.com", []),
        ("@ saja", []),
    ],
)
def test_whom_a_note_names(text, names):
    assert named(text) == names
