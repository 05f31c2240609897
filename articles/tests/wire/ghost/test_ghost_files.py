"""Exports of Ghost in every wrapping, cut, broken, packed or endless: what can be read is read, the rest is told."""

import gzip
import io
import json

import pytest

from articles.wire import ghost
from articles.wire.streams import files, json_parts, json_source
from articles.wire.values.item import Item, Refusal

from ...endless import reading
from ...ghost_exports import POST, ZONE, export, posts
from .entries import foreign_html, one, read  # noqa: F401

WHOLE = export(POST)


def until_refused(data):
    """(what comes, why nothing more comes)."""
    came = []
    try:
        for pair in ghost.read(io.BytesIO(data), ZONE):
            came.append(pair)
    except Refusal as refusal:
        return came, str(refusal)
    return came, "it was read to its end"


@pytest.mark.parametrize("wrapped", [lambda data: {"db": [{"data": data}]}, lambda data: {"data": data}, dict])
def test_every_wrapping_that_ghost_has_written_is_read(wrapped):
    assert len(read(json.dumps(wrapped({"posts": [POST]})).encode())) == 1


@pytest.mark.parametrize(
    ("data", "came", "sentence"),
    [
        (WHOLE[:-3] + b"!!!", 1, f"broken near byte {len(WHOLE) - 2}."),
        (export(POST, POST)[:-40], 1, f"breaks off after byte {len(export(POST, POST)) - 40}."),
        (b"\xef\xbb\xbf" + WHOLE[:-1] + b"x", 1, f"broken near byte {len(WHOLE) + 3}."),
        (json.dumps({"posts": [POST, "é"]}, ensure_ascii=False).encode("latin-1"), 1, "not in UTF-8"),
        (json.dumps({"posts": [POST]}).encode("utf-16"), 0, "not in UTF-8"),
        (b'{"posts": [' + b"9" * 5_000 + b"]}", 0, "a number that is longer than any"),
        (b'{"posts": [' + b"[" * 20_000, 0, "nested deeper than 1000 levels"),
        (b"", 0, "breaks off after byte 0"),
        (b"<rss/>", 0, "broken near byte 1"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', 0, "no export of Ghost"),
    ],
)
def test_posts_before_a_break_come_and_the_break_is_told_with_its_place(data, came, sentence):
    found, told = until_refused(data)
    assert (len(found), sentence in told) == (came, True), told


def test_a_story_of_a_broken_file_gives_way_to_the_whole_file():
    tables = {"users": [{"id": "1", "name": "Rani", "email": "rani@a.example"}]}
    whole = one(author_id="1", tables=tables)
    cut = next(ghost.read(io.BytesIO(export(POST | {"author_id": "1"})[:-2]), ZONE))[1]
    assert (cut.source, cut.version_at) == (whole.source, whole.version_at)
    assert (cut.missing, whole.missing) == (2, 0)
    assert cut.beside != whole.beside
    assert "The file is broken: authors and tags of the story may be missing." in cut.remarks


def test_a_file_that_can_be_read_but_once_is_read_as_well():
    packed = gzip.compress(export(POST))
    assert len(list(ghost.read(files.unpacked(io.BytesIO(packed)), ZONE))) == 1
    with pytest.raises(Refusal, match="within its compression"):
        list(ghost.read(files.unpacked(io.BytesIO(packed[:-12])), ZONE))


@pytest.mark.parametrize("unit", ["x", '"', "\\", "é", "\x01"])
@pytest.mark.parametrize("is_ascii", [True, False])
def test_a_string_without_end_is_passed_over_wherever_it_is_cut(unit, is_ascii, monkeypatch):
    monkeypatch.setattr(json_source, "LARGEST", 1_000)
    monkeypatch.setattr(json_source, "CHUNK", 64)
    monkeypatch.setattr(json_parts, "LARGEST", 1_000)
    monkeypatch.setattr(json_parts, "CHUNK", 64)
    for length in range(4_000, 4_013):
        data = json.dumps({"posts": [{"id": "besar", "html": unit * length}, POST]}, ensure_ascii=is_ascii).encode()
        assert [type(found) for _position, found in read(data)] == [Refusal, Item]


@pytest.mark.wide
def test_memory_does_not_grow_with_the_file():
    few, most_of_few = reading(ghost.read, lambda: posts(250), ZONE)
    many, most_of_many = reading(ghost.read, lambda: posts(2_500), ZONE)
    assert (few, many) == (251, 2_501)
    assert most_of_many < most_of_few + 300_000
