"""The list of stories by keyboard: from row to row, a glance by space, a choice by x that outlives opening a story."""

import pytest
from playwright.sync_api import expect

from articles.models import Story

from ...newsroom import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.wide]

LIST = "/admin/articles/story/"


@pytest.fixture
def newsroom(newsroom):
    for number in range(3):
        newsroom.draft(f"Naskah {number}")
    return newsroom


def test_a_morning_with_the_list(at_desk, newsroom):
    desk = at_desk(LIST)
    assert_fits(desk)
    expect(desk.locator(".actions")).to_be_hidden()
    desk.keyboard.press("j")
    desk.keyboard.press("ArrowDown")
    second = desk.locator("#result_list tbody tr").nth(1)
    expect(second.locator("th a")).to_be_focused()
    desk.keyboard.press("x")
    expect(desk.locator(".actions")).to_be_visible()
    expect(desk.locator(".action-counter")).to_have_text("1 dipilih")

    desk.keyboard.press("Space")
    glance = desk.locator("dialog.peek-dialog")
    expect(glance).to_contain_text("Naskah 1")
    desk.keyboard.press("ArrowDown")
    expect(glance).to_contain_text("Naskah 0")
    desk.keyboard.press("Escape")
    expect(glance).to_be_hidden()

    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/**")
    desk.go_back()
    expect(second.locator("input.action-select")).to_be_checked()

    desk.locator("#searchbar").fill("jx")
    expect(desk.locator("input.action-select:checked")).to_have_count(1)
    desk.locator("details.filter summary", has_text="Penulis").click()
    desk.locator(".filter-choices input[type=search]").fill("nina")
    desk.get_by_role("link", name="Nina Yuniar").click()
    expect(desk.locator(".filter.is-set")).to_contain_text("Nina Yuniar")


def test_a_selection_ends_with_the_sign_in(at_desk, newsroom):
    desk = at_desk(LIST)
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(desk.locator("input.action-select:checked")).to_have_count(1)
    desk.reload()
    expect(desk.locator("input.action-select:checked")).to_have_count(1)
    desk.locator("#logout-form button").evaluate("button => button.click()")
    desk.wait_for_url("**/logout/")
    assert desk.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('desk-selection:'))") == []


def test_letters_are_left_alone_where_they_are_switched_off(at_desk, newsroom):
    desk = at_desk(LIST)
    desk.evaluate("document.documentElement.dataset.letterKeys = 'off'")
    desk.keyboard.press("j")
    expect(desk.locator("#result_list a:focus")).to_have_count(0)
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#result_list th a:focus")).to_have_count(1)


def test_a_long_selection_goes_through_in_parts_by_itself(at_desk, newsroom, monkeypatch):
    monkeypatch.setattr("articles.admin.story.asking.PART", 1)
    desk = at_desk(LIST)
    desk.locator("#action-toggle").check()
    expect(desk.locator(".action-counter")).to_have_text("3 dipilih")
    desk.locator(".actions button[value=submit]").click()
    desk.locator("[name=_ask]").click()
    expect(desk.locator("[role=status]")).to_have_text("3 dari 3")
    assert set(Story.objects.values_list("state", flat=True)) == {"submitted"}
    desk.locator(".move a", has_text="Kembali ke daftar").click()
    expect(desk.locator("input.action-select:checked")).to_have_count(0)
