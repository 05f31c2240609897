"""docs/meja.md, the editors' manual, quotes the Indonesian desk in bold: these words must be the desk's."""

import gettext
import re

from django.conf import settings

MANUAL = settings.ROOT / "docs" / "meja.md"
CATALOGUE = settings.ROOT / "articles" / "locale" / "id" / "LC_MESSAGES" / "django.mo"
PLACE = re.compile(r"%\\?\(\w+\\?\)[sd]")  # of a name, in a sentence as re.escape writes it


def test_the_words_that_the_manual_quotes_are_on_a_screen():
    quoted = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", MANUAL.read_text(), re.S)}
    assert len(quoted) > 100
    told = [sentence(words) for words in translations()]
    assert not sorted(words for words in quoted if not any(one.fullmatch(words) for one in told))


def translations():
    """The Indonesian words of the catalogue. `_catalog` is all that gettext offers for this."""
    with CATALOGUE.open("rb") as file:
        return {words for words in gettext.GNUTranslations(file)._catalog.values() if words}


def sentence(words):
    """A pattern for the words as a screen shows them: a capital letter at first or not, and names in their places."""
    first = f"[{re.escape(words[0].lower() + words[0].upper())}]"
    return re.compile(first + PLACE.sub("[^,;]+", re.escape(words[1:])))


def test_a_word_that_no_screen_has_would_be_found():
    assert sentence("simpan dan tutup").fullmatch("Simpan dan tutup")
    assert sentence("Terbit %(time)s").fullmatch("Terbit 20.00 WITA")
    assert not sentence("Terbit %(time)s").fullmatch("Terbitkan sekarang")
    assert not sentence("%(title)s").fullmatch("Terbitkan sekarang")
