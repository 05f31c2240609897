"""What is told in one place, and read from there wherever it is needed."""

import re

from django.conf import settings

from articles.models import Edition
from articles.models.edition import Language

STATIC = settings.ROOT / "static"
PALETTE = dict(re.findall(r"--([a-z]+-(?:day|night)): (#[0-9a-f]{6});", (STATIC / "shared.css").read_text()))
SHEETS = sorted(path for path in STATIC.rglob("*.css") if path.name != "shared.css")


def test_an_edition_has_the_accents_of_the_palette_until_it_chooses_others():
    accents = [Edition._meta.get_field(name).default for name in ("accent", "accent_dark")]
    assert accents == [PALETTE["accent-day"], PALETTE["accent-night"]]


def test_no_other_stylesheet_writes_a_colour_of_the_palette_again():
    again = {
        f"{path.name}: {colour}" for path in SHEETS for colour in PALETTE.values() if colour in path.read_text().lower()
    }
    assert again == set()


def test_site_and_desk_use_all_of_the_palette():
    for name in ("site/site.css", "desk/desk.css"):
        used = set(re.findall(r"var\(--([a-z]+-(?:day|night))\)", (STATIC / name).read_text()))
        assert used == set(PALETTE), name


def test_an_edition_may_have_every_language_of_the_settings_and_no_other():
    assert Language.choices == settings.LANGUAGES
    assert Edition._meta.get_field("language").default in Language.values
