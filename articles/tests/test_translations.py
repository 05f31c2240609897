import gettext
import re

from django.conf import settings

CATALOGUE = settings.ROOT / "articles" / "locale" / "id" / "LC_MESSAGES"
LITERAL = re.compile(r">\s*[A-Z][a-z]{2,}[^<{]*<")


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


def test_no_template_holds_words_outside_gettext():
    names = ">WhatsApp<", ">Facebook<"
    for path in (settings.ROOT / "templates").rglob("*.html"):
        without_tags = re.sub(
            r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{#.*?#}|{% comment.*?endcomment %}",
            "",
            path.read_text(),
            flags=re.S,
        )
        assert not set(LITERAL.findall(without_tags)) - set(names), path
