"""How many examples Hypothesis tries: all in `.ci/run`, which asks for those tests by their mark, else a fifth."""

import os

from hypothesis import settings

OF_HYPOTHESIS = 100  # its own number
LEAST = 20


def examples(number=OF_HYPOTHESIS, **more):
    """The decorator of a property that deserves so many; conftest.py knows which tests the run asks for."""
    if "FEW_EXAMPLES" in os.environ:
        number = max(LEAST, number // 5)
    return settings(max_examples=number, deadline=None, **more)
