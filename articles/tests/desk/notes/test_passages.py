"""Where a passage stands more than once, the words around it decide; where it is gone, it is nowhere."""

import pytest

from articles.text.mentions import named
from articles.text.passages import Passage, find, passage

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
