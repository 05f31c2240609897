"""Exports as Ghost writes them."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from articles.wire import formats

SAMPLES = Path(__file__).parent / "samples"
ZONE = ZoneInfo("Asia/Makassar")
UUID = "6f1c1d1e-0000-4000-8000-000000000001"
POST = {
    "id": "a1",
    "uuid": UUID,
    "title": "Pasar pindah",
    "slug": "pasar-pindah",
    "html": "<p>Pedagang pindah pagi ini.</p>",
    "status": "published",
    "visibility": "public",
    "published_at": "2023-10-23T02:00:00.000Z",
    "updated_at": "2023-10-23T04:30:00.000Z",
    "custom_excerpt": "Sewa gratis.",
}


def export(*posts, **tables):
    return json.dumps({"db": [{"meta": {}, "data": {"posts": posts, **tables}}]}).encode()


def posts(count):
    yield b'{"data":{"posts":[' + json.dumps(POST).encode()
    for number in range(count):
        yield b"," + json.dumps(POST | {"id": number, "html": "<p>kata</p>" * 200}).encode()
    yield b'],"posts_authors":[{"post_id":0,"author_id":1}'
    for number in range(max(3_000, count)):  # more than is read at once
        yield b',{"post_id":%d,"author_id":1}' % number
    yield b"]}}"


def read(path):
    with path.open("rb") as file:
        return [found for _position, found in formats.entries(file, ZONE)]


def one(tmp_path, **changes):
    (tmp_path / "ghost.json").write_bytes(export(POST | {"html": None} | changes))
    [found] = read(tmp_path / "ghost.json")
    return found
