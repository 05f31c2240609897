"""What two people made of one text becomes one text, or a person decides: no paragraph is lost."""

import pytest

from articles.text import body, three_way
from articles.text.three_way import Collision

BASE = "<p>Wali kota datang pagi tadi.</p><p>Ia membuka pasar.</p><p>Warga senang.</p>"


def html(runs):
    """The text of runs without collisions."""
    assert not any(isinstance(run, Collision) for run in runs), runs
    return "".join(part for run in runs for part in run)


def side(runs, name):
    return [part for run in runs for part in (getattr(run, name) if isinstance(run, Collision) else run)]


def test_two_paragraphs_are_merged():
    mine, theirs = BASE.replace("Warga senang", "Warga senang sekali"), BASE.replace("pagi tadi", "kemarin")
    assert html(three_way.text(BASE, mine, theirs)) == mine.replace("pagi tadi", "kemarin")


def test_so_are_two_places_of_one_paragraph():
    mine, theirs = BASE.replace("Wali kota", "Gubernur"), BASE.replace("pagi tadi", "<strong>kemarin</strong>")
    assert html(three_way.text(BASE, mine, theirs)) == theirs.replace("Wali kota", "Gubernur")


def test_a_paragraph_before_one_that_the_other_changed():
    mine, theirs = BASE.replace("<p>Ia", "<p>Baru.</p><p>Ia"), BASE.replace("membuka", "menutup")
    assert html(three_way.text(BASE, mine, theirs)) == mine.replace("membuka", "menutup")


def test_the_same_word_collides_in_its_paragraph_alone():
    mine, theirs = BASE.replace("pagi", "siang"), BASE.replace("pagi", "sore").replace("senang", "gembira")
    collisions = [run for run in three_way.text(BASE, mine, theirs) if isinstance(run, Collision)]
    assert [(one.mine, one.theirs) for one in collisions] == [
        (("<p>Wali kota datang siang tadi.</p>",), ("<p>Wali kota datang sore tadi.</p>",))
    ]


def test_a_paragraph_taken_out_that_the_other_changed_collides():
    mine, theirs = BASE.replace("<p>Ia membuka pasar.</p>", ""), BASE.replace("membuka", "menutup")
    collision = next(run for run in three_way.text(BASE, mine, theirs) if isinstance(run, Collision))
    assert (collision.mine, collision.theirs) == ((), ("<p>Ia menutup pasar.</p>",))


def test_markup_that_would_not_fit_together_collides():
    one, two, three = "<p>a b c d</p>", "<p><em>a b</em> c d</p>", "<p>a <strong>b c</strong> d</p>"
    runs = three_way.text(one, two, three)
    assert all(body.clean(part) == part for name in ("mine", "theirs") for part in ["".join(side(runs, name))])


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result"),
    [
        ("ab", "abm", "abt", "abtm"),
        ("ab", "mab", "abt", "mabt"),
        ("abc", "acb", "abct", "actb"),
        ("abc", "ac", "abct", "act"),
        ("abc", "cab", "cab", "cab"),
    ],
)
def test_items_keep_their_order(base, mine, theirs, result):
    found, collision = three_way.items(*(dict.fromkeys(one, "") for one in (base, mine, theirs)))
    assert ("".join(found), collision) == (result, None)


def test_two_orders_and_an_item_that_both_changed_collide():
    assert three_way.items(*(dict.fromkeys(one, "") for one in ("abc", "cab", "bac")))[1]
    found, _order = three_way.items({"a": "1"}, {"a": "2"}, {"a": "3"})
    assert found == {"a": Collision("1", "2", "3")}
    assert three_way.items({"a": "1"}, {}, {"a": "3"})[0] == {"a": Collision("1", None, "3")}


@pytest.mark.wide
def test_texts_as_long_as_any_may_be_are_merged():
    base = [f"<p>Kalimat {number}.</p>" for number in range(body.LONGEST // 20)]
    mine, theirs = ([f"{one}<p>{name}</p>" if at % 1000 == 0 else one for at, one in enumerate(base)] for name in "mt")
    runs = three_way.text("".join(base), "".join(mine), "".join(theirs))
    assert sum(isinstance(run, Collision) for run in runs) == len(base) // 1000
