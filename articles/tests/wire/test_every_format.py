"""A format is complete: its folder, its samples, the table of the docs and the import page know it."""

import importlib
import pathlib
import pkgutil

import pytest
from django.conf import settings

from articles import wire
from articles.admin.story.importing import ImportForm
from articles.wire import formats
from articles.wire.streams.files import unpacked
from articles.wire.values.item import Refusal

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"
ROWS = [line for line in (settings.ROOT / "docs" / "wire.md").read_text().splitlines() if line.startswith("|")]


def recognised(path):
    with path.open("rb") as file:
        try:
            return formats.recognised(unpacked(file))
        except Refusal:
            return ""


def test_every_folder_that_reads_a_format_is_registered():
    rooms = {name for _finder, name, is_folder in pkgutil.iter_modules(wire.__path__) if is_folder}
    readers = {name for name in rooms if hasattr(importlib.import_module(f"articles.wire.{name}"), "read")}
    known = {one.read.__module__.split(".")[2] for one in formats.FORMATS.values()}
    assert readers == known, "FORMATS in articles/wire/formats.py, and what reads in articles/wire/"


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_sample_of_every_format_is_recognised(name):
    found = {recognised(path) for path in SAMPLES.iterdir() if path.suffix in {".xml", ".json"}}
    assert name in found, f"no file of articles/tests/samples/ is recognised as {name}"


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_docs_and_the_import_page_name_every_format(name):
    help_text = ImportForm.base_fields["file"].help_text
    for words in formats.FORMATS[name].label.split(", "):
        assert any(words in row for row in ROWS), f"the table of docs/wire.md lacks {words}"
        assert words in help_text, f"the help text of the import page lacks {words}"
