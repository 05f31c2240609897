"""No rule of a stylesheet is for a class that nothing has any more. A class named by a common word may slip through."""

import pathlib
import re

import django.contrib.admin
import pytest
from django.conf import settings
from django.test import SimpleTestCase

ROOT = pathlib.Path(settings.ROOT)
# Made of a word and the name of a model, field or state; or the editor's own.
MADE = (
    "chip-", "field-", "column-", "model-", "card-", "label-", "photo-", "rail-", "story-", "desk-", "home-row-",
    "agenda-", "front-spot-", "prose-", "ProseMirror", "player-",
    "listing-",
)  # fmt: skip
# Of django/forms, of the admin's strings over several lines, of messages, of the editor, of select2, of admin-ordering.
OF_OTHERS = {
    "nonfield", "info", "clock-icon", "date-icon", "active", "disabled", "select2", "select2-container", "selectedCell",
    "admin-ordering-field",
}  # fmt: skip
_NAMES = re.compile(r"[\w-]+")
_IN_CODE = re.compile(r".*(?:class|querySelector|matches|closest|CLASS|link).*")
LINES = {  # where a class may stand in a file of that kind
    ".html": re.compile(r'class="[^"]*"|block (?:frame|bodyclass|coltype) %}.*?{%'),
    ".py": _IN_CODE,
    ".js": _IN_CODE,
}


def written():
    """Every class that templates, Python and scripts write, ours and the admin's."""
    names = set(OF_OTHERS)
    admin = pathlib.Path(django.contrib.admin.__file__).parent
    for folder in (ROOT / "templates", ROOT / "articles", ROOT / "static", admin):
        for path in folder.rglob("*"):
            if path.suffix in LINES and not {"tests", "vendor"} & {*path.parts}:
                names.update(_NAMES.findall(" ".join(LINES[path.suffix].findall(path.read_text()))))
    return names


class StyleTest(SimpleTestCase):
    @pytest.mark.wide
    def test_something_has_every_class_that_has_a_rule(self):
        known = written()
        for sheet in sorted((ROOT / "static").rglob("*.css")):
            with self.subTest(sheet.name):
                rules = re.sub(r'/\*.*?\*/|"[^"]*"', "", sheet.read_text(), flags=re.S)
                selectors = " ".join(re.findall(r"([^{}]*)\{", rules))
                styled = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selectors))
                self.assertEqual([name for name in sorted(styled - known) if not name.startswith(MADE)], [])
