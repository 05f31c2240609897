"""What changed between two texts: right for any two, and bounded at the largest."""

import random

import pytest

from articles.text import body
from articles.text.differences import changes

BEFORE, AFTER = "Wali kota datang ke pasar pagi tadi", "Gubernur datang ke pasar siang tadi"


class Counted(str):
    """A word that counts how often it is looked at."""

    looks = 0

    def __hash__(self):
        Counted.looks += 1
        return super().__hash__()

    def __eq__(self, other):
        Counted.looks += 1
        return super().__eq__(other)

    def __ne__(self, other):
        return not self == other


def test_what_stayed_between_two_changes_is_kept():
    before, after = (line.split() for line in (BEFORE, AFTER))
    told = [(change.is_kept, " ".join(change.before), " ".join(change.after)) for change in changes(before, after)]
    assert told == [
        (False, "Wali kota", "Gubernur"),
        (True, "datang ke pasar", "datang ke pasar"),
        (False, "pagi", "siang"),
        (True, "tadi", "tadi"),
    ]


@pytest.mark.wide
def test_two_texts_as_long_as_any_may_be_take_steps_by_their_length_only():
    chance = random.Random(603)
    count = body.LONGEST // 2
    pairs = {
        "two words, shuffled": (
            [chance.choice("ab") for _ in range(count)],
            [chance.choice("ab") for _ in range(count)],
        ),
        "one word": (["a"] * count, ["a"] * (count // 2)),
        "turned round": ([str(n) for n in range(count // 3)], [str(n) for n in reversed(range(count // 3))]),
        "every second is another": (
            [str(n) for n in range(count // 3)],
            [str(n) if n % 2 else f"x{n}" for n in range(count // 3)],
        ),
    }
    for name, (before, after) in pairs.items():
        before, after = ([Counted(word) for word in words] for words in (before, after))
        Counted.looks = 0
        changes(before, after)
        assert Counted.looks < 60 * (len(before) + len(after)), f"{name}: {Counted.looks} looks"
