"""Half of a pair of letters, in any text of a file of the wire: the page tells what comes of it."""

import json

import pytest

from articles.models import Story

from ..cases import ImportTestCase
from ..wire_cases import told

HALF = "a\ud800b"


def with_half(value):
    """(where, value) with HALF in place of each of its texts in turn, in its names too."""
    if isinstance(value, str):
        yield "", HALF
    elif isinstance(value, list):
        for number, one in enumerate(value):
            for where, changed in with_half(one):
                yield f"[{number}]{where}", [*value[:number], changed, *value[number + 1 :]]
    elif isinstance(value, dict):
        for name, one in value.items():
            yield f".{name}!", {HALF if key == name else key: kept for key, kept in value.items()}
            for where, changed in with_half(one):
                yield f".{name}{where}", {**value, name: changed}


@pytest.mark.wide
class SurrogateTest(ImportTestCase):
    def test_a_lone_surrogate_anywhere_is_refused_or_left_out(self):
        item = {**told(1), "byline": "Nina Yuniar", "description_text": "Ringkasan.", "headline": "Pasar"}
        for where, changed in with_half(item):
            with self.subTest(where=where):
                looked_at = self.send(json.dumps(changed).encode())
                looked_at.content.decode()
                self.assertEqual(looked_at.status_code, 200)
                if looked_at.context.get("would_store"):
                    self.assertEqual(self.press(looked_at).status_code, 200)
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": HALF, "items": [{"id": HALF, "title": HALF}]}
        self.assertEqual(self.send(json.dumps(feed).encode(), name="feed.json").status_code, 200)
        for story in Story.objects.all():
            self.assertTrue((story.headline + story.body + story.standfirst).encode())
