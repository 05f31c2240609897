"""One word for one thing: the catalogue has the words that the newsroom picked, and none of the others."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext

CATALOGUE = settings.ROOT / "articles" / "locale" / "id" / "LC_MESSAGES" / "django.po"
# What stands in the catalogue for a move: the picked word, and the stems that may stand nowhere.
PICKED = {
    "Submit": ("Serahkan", "ajukan"),
    "Approve": ("Setujui", "luluskan"),
    "Publish now": ("Terbitkan sekarang", "rilis|tayangkan|publikasi"),
    "Withdraw …": ("Tarik …", "cabut"),
    "Give back …": ("Kembalikan …", "retur"),
}


@pytest.mark.parametrize("english", PICKED)
def test_a_move_has_one_word(english):
    picked, _others = PICKED[english]
    with translation.override("id"):
        assert gettext(english) == picked


@pytest.mark.parametrize("others", [others for _picked, others in PICKED.values()])
def test_no_other_word_stands_for_it(others):
    told = [line for line in CATALOGUE.read_text().splitlines() if not line.startswith(("msgid", "#"))]
    assert [line for line in told if re.search(others, line, re.I)] == []


def test_a_persons_title_is_a_jabatan():
    with translation.override("id"):
        assert pgettext("of a person", "title") == "jabatan"
