"""What is near to a name, of whatever names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import letters, spelling

pytestmark = pytest.mark.wide

NAMES = st.text(st.sampled_from("abcdé ABC-_'’.12"), max_size=20)


@settings(deadline=None)
@given(NAMES)
def test_spaces_hyphens_and_capitals_make_no_other_name(name):
    assert spelling.squeezed(name.upper().replace(" ", "-")) == spelling.squeezed(letters.folded(name))
    assert spelling.is_near(name, name.swapcase())


@settings(deadline=None)
@given(NAMES, NAMES)
def test_being_near_has_no_direction(one, two):
    assert spelling.is_near(one, two) == spelling.is_near(two, one)


@settings(deadline=None)
@given(NAMES, st.lists(NAMES, max_size=6))
def test_the_nearest_are_some_of_those_given(name, others):
    near = spelling.nearest(name, others)
    assert len(near) <= 3
    assert all(other in others and spelling.is_near(name, other) for other in near)
