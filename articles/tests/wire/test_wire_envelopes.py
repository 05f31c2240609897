"""ninjs in the envelope of an API: its items come as if they stood alone, whatever stands around them."""

import gzip
import io
import json
from datetime import UTC

import pytest

from articles.wire import formats
from articles.wire.values.item import LARGEST, Item, Refusal

META = {"_links": {"self": {"href": "items?max_results=2"}}, "_meta": {"page": 1, "max_results": 2, "total": 2}}


def item(number, **more):
    return {
        "uri": f"urn:x:{number}", "type": "text", "headline": f"Kabar {number}", "body_html": "<p>Isi.</p>", **more
    }  # fmt: skip


ITEMS = [item(1), item(2)]
HITS = [{"_index": "news", "_id": str(at), "_score": 1.2, "_source": one} for at, one in enumerate(ITEMS)]


def come(data, **how):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    entries = [entry for _position, entry in formats.entries(io.BufferedReader(io.BytesIO(raw)), UTC, **how)]
    return [entry.headline if isinstance(entry, Item) else type(entry).__name__ for entry in entries]


@pytest.mark.parametrize(
    "envelope",
    [
        {"_items": ITEMS, **META},
        {**META, "_items": ITEMS},
        {"items": ITEMS},
        {"data": ITEMS},
        {"results": ITEMS},
        {"data": {"items": ITEMS}},
        {"meta": {"count": 2}, "data": ITEMS},
        {
            "@odata.context": "https://x.example/$metadata#items",
            "value": ITEMS,
            "@odata.nextLink": "https://x.example/2",
        },
        {"took": 3, "hits": {"total": {"value": 2}, "hits": HITS}},
        {"status": "ok", "response": {"results": ITEMS}, "next": None},
    ],
    ids=lambda envelope: "-".join(envelope),
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_the_items_of_an_envelope_come(envelope, pack):
    assert come(pack(json.dumps(envelope, indent=1).encode())) == ["Kabar 1", "Kabar 2"]


@pytest.mark.parametrize("name", ["_items", "items", "data", "results"])
def test_an_empty_envelope_holds_nothing(name):
    assert come({name: [], **META}) == []


def test_pages_one_a_line():
    lines = [{"_items": [item(1)], **META}, {"_items": [item(2), item(3)], **META}]
    assert come("\n".join(map(json.dumps, lines)).encode()) == ["Kabar 1", "Kabar 2", "Kabar 3"]


def test_hits_of_elasticsearch_one_a_line_and_one_without_its_source():
    assert come("\n".join(map(json.dumps, [*HITS, {"_index": "news", "_id": "3"}])).encode(), name="ninjs") == [
        "Kabar 1", "Kabar 2", "Refusal",
    ]  # fmt: skip


def test_items_in_utf_16_and_with_a_byte_order_mark():
    text = json.dumps({"_items": ITEMS})
    assert come(text.encode("utf-16")) == come(text.encode("utf-8-sig")) == ["Kabar 1", "Kabar 2"]


@pytest.mark.wide
def test_an_envelope_may_be_larger_than_an_item():
    large = [item(number, body_html=f"<p>{'kata ' * 100_000}</p>") for number in range(45)]
    raw = json.dumps({"_items": large, **META}).encode()
    assert len(raw) > LARGEST
    assert len(come(raw)) == 45


def test_an_item_that_is_none_is_refused_and_the_next_one_comes():
    assert come({"_items": ["?", item(2)]}) == ["Refusal", "Kabar 2"]


def test_a_cut_envelope_is_told_after_what_came_before():
    raw = json.dumps({"_items": ITEMS}).encode()[:-40]
    entries = formats.entries(io.BufferedReader(io.BytesIO(raw)), UTC)
    assert next(entries)[1].headline == "Kabar 1"
    with pytest.raises(Refusal):
        next(entries)


def test_an_item_of_its_own_is_no_envelope():
    assert come(item(1, items=[item(2)])) == ["Kabar 1"]
    assert come({"items": [item(2)], **item(1)}) == ["Kabar 1"]


@pytest.mark.parametrize("other", [{"items": [{"id": 1, "name": "x"}]}, {"data": [1, 2]}, {"results": "x"}])
def test_another_array_is_no_envelope(other):
    assert come(other, name="ninjs") == ["Refusal"]
