"""The desk's styles run along the lines of the text: no side of the screen is named, so another direction fits."""

import re

from django.conf import settings

PHYSICAL = re.compile(
    r"(?m)(?:^|[{;])\s*((?:min-|max-)?(?:width|height)|(?:margin|padding|border)-(?:left|right|top|bottom)[a-z-]*"
    r"|left|right|top|bottom)\s*:"
)
AT_WORK = {"sheet.css", "dialog.css", "editor.css"}  # those of the text and its dialogs name sides still


def test_no_side_of_the_screen_is_named():
    styles = [path for path in (settings.ROOT / "static" / "desk").glob("*.css") if path.name not in AT_WORK]
    assert len(styles) > 8
    for path in styles:
        assert PHYSICAL.findall(path.read_text()) == [], path.name
