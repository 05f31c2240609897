import gettext
import re
from html.parser import HTMLParser

from django.conf import settings

CATALOGUE = settings.ROOT / "articles" / "locale" / "id" / "LC_MESSAGES"
TEMPLATE_CODE = (
    r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}"
    r"|{% block (?:robots|frame) %}.*?{% endblock %}|{%.*?%}|{{.*?}}"
)


def test_the_compiled_catalogue_is_that_of_the_text_and_complete():
    text = (CATALOGUE / "django.po").read_text()
    assert "#, fuzzy" not in text
    assert not re.findall(r'^msgid ".+"\nmsgstr ""\n\n', text, re.M)
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for context, msgid, msgstr in re.findall(r'^(?:msgctxt "(.+)"\n)?msgid "(.+)"\nmsgstr "(.+)"$', text, re.M):
        if "\\" not in msgid + msgstr:
            told = compiled.pgettext(context, msgid) if context else compiled.gettext(msgid)
            assert told == msgstr


class Literals(HTMLParser):
    """Words that a template writes itself: between tags, or in an attribute that somebody reads."""

    READ = {"alt", "aria-label", "placeholder", "title"}

    def __init__(self, template):
        super().__init__()
        self.found, self.inside = [], ""
        self.feed(re.sub(TEMPLATE_CODE, "", template, flags=re.S))

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        is_shown = tag == "input" and ("type", "hidden") not in attributes
        read = self.READ | ({"value"} if is_shown else set())  # that of a button's or option's is sent, not shown
        self.found += [value for name, value in attributes if name in read and re.search(r"[A-Za-z]", value or "")]

    def handle_data(self, text):
        if self.inside not in ("script", "style") and re.search(r"[A-Za-z]{2}", text):
            self.found.append(text.strip())


def test_no_template_holds_words_outside_gettext():
    names = {"WhatsApp", "Facebook", "Telegram", *"NKJX"}  # and letters on keys
    for path in (settings.ROOT / "templates").rglob("*.html"):
        assert not set(Literals(path.read_text()).found) - names, path


def test_literal_words_would_be_found():
    found = Literals("""<p>{% translate "x" %} Halo</p><img alt="foto"><a title="{{ title }}">{{ name }}</a>""").found
    assert found == ["Halo", "foto"]
