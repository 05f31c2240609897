"""Which paragraph became which: right for any two texts."""

from articles.text.differences import paired


def test_one_that_changed_stands_beside_what_it_was():
    before, after = (
        [one.split() for one in lines]
        for lines in (
            ["Wali kota datang pagi tadi.", "Warga senang."],
            ["Ini baru sama sekali.", "Wali kota datang siang tadi.", "Warga senang."],
        )
    )
    assert paired(before, after) == [(None, after[0]), (before[0], after[1]), (before[1], after[2])]
