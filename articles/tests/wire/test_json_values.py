"""JSON of many values, in every form that it comes in, however large and however broken."""

import io
import json
import tracemalloc

import pytest
from django.utils import translation

from articles.wire.streams import json_parts, json_values
from articles.wire.values.item import Refusal


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def read(data):
    """(values and refusals' sentences, why nothing more came)."""
    found = []
    try:
        for _position, value in json_values.values(io.BufferedReader(io.BytesIO(data))):
            found.append(str(value) if isinstance(value, Refusal) else value)
    except Refusal as refusal:
        return found, str(refusal)
    return found, ""


A, B = {"uri": "a"}, {"uri": "b", "x": [1, {"y": None}]}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([A, B]),
        json.dumps([A, B], indent=1),
        f"{json.dumps(A)}\n{json.dumps(B)}\n",
        f"\n\n{json.dumps(A)}\r\n \n{json.dumps(B)}",
        json.dumps(A, indent=2) + json.dumps(B, indent=2),
        json.dumps(A) + json.dumps(B),
        f"\ufeff{json.dumps(A)}\n{json.dumps(B)}",
    ],
)
def test_an_array_lines_and_values_one_after_another(data):
    assert read(data.encode()) == ([A, B], "")


@pytest.mark.parametrize("form", ["[{}, {}]", "{}\n{}", "{}{}"])
def test_halves_of_letters_are_made_whole_in_every_form(form):
    (found, after), end = read(form.format('{"a": "\\ud83d\\ude00 \\ud83d"}', '{"b": 1}').encode())
    assert (found["a"][:2], after, end) == ("😀 ", {"b": 1}, "")
    assert found["a"].encode()


LARGE = {"x": "x" * 20_100_000}


@pytest.mark.parametrize("form", ["[{},{}]", "{}\n{}", "{}\n\n {}"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [(json.dumps(LARGE), "larger than"), ('{"x":' + "[" * 200 + "]" * 200 + "}", "deeper than 100")],
)
@pytest.mark.wide
def test_a_value_too_large_or_too_deep_is_passed_over_and_the_next_one_follows(form, value, sentence):
    (refusal, after), end = read(form.format(value, json.dumps(A)).encode())
    assert (sentence in refusal, after, end) == (True, A, "")


@pytest.mark.parametrize("value", ["[" + "[]," * 500_000 + "[]]", '["ab"' + ',"ab"' * 300_000 + "]"])
@pytest.mark.wide
def test_what_would_grow_in_memory_is_not_held(value, monkeypatch):
    monkeypatch.setattr(json_parts, "LARGEST", 500_000)
    data = f'{{"a": 1}}\n{{"b": {value}}}\n{{"c": 1}}\n'.encode()
    tracemalloc.start()
    try:
        found, end = read(data)
        assert (len(found), "larger" in found[1], end) == (3, True, "")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "came", "sentence"),
    [
        (b'{"uri": "a"}\n{"uri": ', 2, ""),
        (b'[{"uri": "a"}, {"uri": ', 1, "not whole: its JSON breaks off in item 2"),
        (b'[{"uri": "a"}, x]', 1, "no JSON from item 2 on"),
        ('[{"uri": "é"}]'.encode("latin-1"), 0, "not in UTF-8"),
        ('{"uri": "é"}'.encode("latin-1"), 0, "not in UTF-8"),
        (b'{\n"uri": "a"}' + b"[" * 2_000, 1, "nested deeper than 1000 levels"),
        (b"[" + b"9" * 5_000 + b"]", 0, "Item 1 has a number that is longer"),
        (b"", 0, ""),
        (b" \n", 0, ""),
    ],
)
def test_what_came_before_a_break_comes_and_the_break_is_told(data, came, sentence):
    found, end = read(data)
    assert (len(found), sentence in end, bool(sentence) == bool(end)) == (came, True, True), (found, end)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"uri": }', "This is no JSON from its character 9 on."),
        ('{"uri": "é"}'.encode("latin-1"), "It is not written in UTF-8."),
        (b'{"uri": ' + b"9" * 5_000 + b"}", "It has a number that is longer than any."),
        (b"[" * 100_000, "It is nested deeper than 100 levels."),
        (b'{"x": "' + b"x" * 1_100_000, "The JSON is broken near byte 1100008."),
    ],
)
def test_a_line_that_is_none_says_why_and_the_next_one_follows(line, sentence):
    assert read(b'{"uri": "a"}\n' + line + b'\n{"uri": "a"}\n') == ([A, sentence, A], "")
