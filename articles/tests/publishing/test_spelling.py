from hypothesis import given
from hypothesis import strategies as st

from articles.text import letters, spelling

from ..examples import examples

NAMES = st.text(st.sampled_from("abcdé ABC-_'’.12"), max_size=20)


@examples()
@given(NAMES)
def test_spaces_hyphens_and_capitals_make_no_other_name(name):
    assert spelling.squeezed(name.upper().replace(" ", "-")) == spelling.squeezed(letters.folded(name))
    assert spelling.is_near(name, name.swapcase())


@examples()
@given(NAMES, NAMES)
def test_being_near_has_no_direction(one, two):
    assert spelling.is_near(one, two) == spelling.is_near(two, one)


@examples()
@given(NAMES, st.lists(NAMES, max_size=6))
def test_the_nearest_are_some_of_those_given(name, others):
    near = spelling.nearest(name, others)
    assert len(near) <= 3
    assert all(other in others and spelling.is_near(name, other) for other in near)


def test_a_number_is_no_slip_of_the_pen():
    assert not spelling.is_near("Pemilu 2024", "Pemilu 2029")
    assert spelling.is_near("Danau Limbotto", "Danau Limboto")
    assert not spelling.is_near("Iran", "Irak")
