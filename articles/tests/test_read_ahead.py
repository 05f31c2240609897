"""What is read ahead, while the database works, is what would have been read without."""

import itertools
import threading

import pytest
from django.utils import translation

from articles.wire.ahead import read_ahead


def test_the_same_items_come_in_order():
    assert list(read_ahead(iter(range(1000)))) == list(range(1000))
    assert list(read_ahead(iter(()))) == []


def test_an_error_comes_after_what_was_read_before_it():
    def items():
        yield from "ab"
        raise ValueError("cut off")

    read = []
    with pytest.raises(ValueError, match="cut off"):
        read.extend(read_ahead(items()))
    assert read == ["a", "b"]


def test_it_is_never_more_than_asked_ahead_and_stops_when_nobody_asks():
    made, closed = itertools.count(), []

    def items():
        try:
            while True:
                yield next(made)
        finally:
            closed.append(threading.current_thread().name)

    ahead = read_ahead(items(), most=3)
    assert [next(ahead) for _number in range(5)] == [0, 1, 2, 3, 4]
    ahead.close()
    assert next(made) <= 5 + 3 + 2
    assert closed == ["read-ahead"]
    assert not [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


def test_sentences_are_in_the_callers_language():
    with translation.override("id"):
        assert list(read_ahead(translation.get_language() for _once in range(1))) == ["id"]
