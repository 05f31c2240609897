"""One home for how a button looks: no other file of the desk's styles draws one again."""

import re

from django.conf import settings

STYLES = settings.ROOT / "static" / "desk"
HOME = "buttons.css"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
ELSEWHERE = {  # what is pressed and looks like no button: a tab, a word in a sentence, a sign in a field, a picture
    ".bar-tools", ".bar-panel", ".chip-item", ".undo", ".day-choose", ".preview-head", ".who-menu", ".gallery-handle",
    ".who-name", ".chip-menu", ".talk-list",
}  # fmt: skip
WORDS = {"_note.html", "_note_words.html"}  # in the talk about a story
TEMPLATES = settings.ROOT / "templates" / "admin"


def drawn(path):
    """The selectors of the rules that give something pressed a frame and a ground of its own."""
    for selector, body in RULE.findall(path.read_text()):
        is_pressed = re.search(r"\bbutton\b|\.button\b|submit", selector)
        is_ours = any(name in selector for name in ELSEWHERE)
        if is_pressed and not is_ours and re.search(r"font: inherit|cursor: pointer", body):
            yield selector.strip()


def test_a_button_is_drawn_in_one_file():
    assert list(drawn(STYLES / HOME))
    for path in STYLES.glob("*.css"):
        assert path.name == HOME or not list(drawn(path)), path.name


def test_every_submit_of_the_story_s_form_is_one_of_them():
    for path in (TEMPLATES / "articles" / "story" / "form").glob("*.html"):
        for tag in re.findall(r"<(?:button|input)[^>]*type=\"submit\"[^>]*>", path.read_text()):
            assert path.name in WORDS or 'class="button' in tag, f"{path.name}: {tag}"
