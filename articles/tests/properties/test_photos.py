"""The focal point of a photo of any shape stays inside every crop."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import photos

pytestmark = pytest.mark.wide

side, part = st.integers(1, 9000), st.floats(0, 1)


@settings(deadline=None)
@given(side, side, st.sampled_from([ratio for ratio in photos.CROPS.values() if ratio]), part, part)
def test_the_focal_point_stays_inside_every_crop(width, height, ratio, x, y):
    left, top, right, bottom = photos.crop_box(width, height, ratio, (x, y))
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left <= x * width <= right
    assert top <= y * height <= bottom
