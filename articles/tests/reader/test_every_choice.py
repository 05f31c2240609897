"""Whoever adds a choice is told of the places that must know it: a page would fail at the first row that has it."""

import pytest
from django.utils.translation import override

from articles import permissions
from articles.models.desk.notice import Told
from articles.models.membership import DeskRole
from articles.models.person import Role
from articles.publishing.told import words
from articles.templatetags import newsroom


@pytest.mark.parametrize("role", Role)
def test_a_role_has_its_word_in_a_byline_and_above_a_list(role):
    with override("id"):
        for people in (["Nina"], ["Nina", "Budi"]):
            assert newsroom.role_label(role, people)
        assert newsroom.works(role)


@pytest.mark.parametrize("role", DeskRole)
def test_a_role_at_the_desk_has_its_rights(role):
    assert "view" in permissions.MODELS[role], "its accounts could open nothing"
    assert "view" in permissions.STORIES[role], "its accounts could read no story"


@pytest.mark.parametrize("kind", Told)
def test_what_somebody_is_told_has_its_sentence(kind):
    with override("id"):
        assert words.SAID[kind] % {"name": "Nina"}
