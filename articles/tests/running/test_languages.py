"""Whoever adds a language to LANGUAGES in newsroom/settings.py is told here what it lacks."""

import datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS

from articles.models.person import Role
from articles.publishing.checks import METHODS
from articles.text.facts import doubts
from articles.wire.values import bylines

SOURCE = "en"  # the language of the code, which Django has formats for
A_THURSDAY = datetime.date(2023, 10, 19)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
every_language = pytest.mark.parametrize("code", LANGUAGES)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_it_has_a_catalogue_and_formats_of_dates(code):
    catalogue = settings.ROOT / "articles" / "locale" / code / "LC_MESSAGES" / "django.mo"
    assert catalogue.exists(), f"manage.py makemessages -l {code} …, compilemessages: see CONTRIBUTING.md"
    formats = settings.ROOT / "newsroom" / "formats" / code / "formats.py"
    assert formats.exists(), f"newsroom/formats/{code}/formats.py is missing"


@every_language
def test_a_wrong_weekday_is_found(code):
    with translation.override(code):
        wrong, month = WEEKDAYS[(A_THURSDAY.weekday() + 1) % 7], MONTHS[A_THURSDAY.month]
        text = f"{wrong}, {A_THURSDAY.day} {month} {A_THURSDAY.year}"
    assert doubts({"body": text}, A_THURSDAY), f"names of days and months in articles/text/facts/dates.py: {text!r}"


@every_language
@pytest.mark.parametrize("role", Role)
def test_a_byline_is_read_as_it_is_written(code, role):
    with translation.override(code):
        byline = f"{role.label}: Siti Aminah"
    assert bylines.people(byline, []) == [("Siti Aminah", role)], f"_ROLES in articles/wire/values/bylines.py: {byline}"


@every_language
def test_ways_of_suicide_are_known_that_a_headline_must_not_tell(code):
    assert METHODS.get(code, "").split(), "METHODS in articles/publishing/checks.py (rules.md D10)"
