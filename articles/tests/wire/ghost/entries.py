"""The posts of an export, with the HTML that the reader hands on; what becomes of it is the matter of markup.py."""

import io

import pytest
from django.utils import translation

from articles.wire import ghost
from articles.wire.ghost import reader

from ...ghost_exports import POST, ZONE, export


@pytest.fixture(autouse=True)
def foreign_html(monkeypatch):
    """These tests look at the HTML that the reader hands on; what becomes of it is the matter of markup.py."""
    monkeypatch.setattr(reader, "_body", lambda html, *rest: (html, []))
    with translation.override("en"):
        yield


def read(data):
    return list(ghost.read(io.BytesIO(data), ZONE))


def one(post=None, /, tables=None, **changes):
    """What comes of the usual post with these changes."""
    ((_position, found),) = read(export((post or POST) | changes, **(tables or {})))
    return found
