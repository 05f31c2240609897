"""The frame by keyboard alone: the bar in its order, and letters that are keys outside of fields only."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from articles.models import DeskPreference

pytestmark = [pytest.mark.browser, pytest.mark.wide]

FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.id"


def test_the_bar_is_walked_with_tab_and_letters_are_keys(at_desk):
    desk = at_desk("/admin/settings/")
    walked = []
    for _ in range(11):
        desk.keyboard.press("Tab")
        walked.append(" ".join(desk.evaluate(FOCUSED).split()))
    places = ["Hari ini", "Berita", "Agenda", "Penugasan", "Foto", "Pengaturan"]
    assert walked[1:10] == ["Meja Redaksi", *places, "top-search", "Unggah foto"], walked
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("/")
    expect(desk.locator("#top-search")).to_be_focused()
    desk.keyboard.type("n?/")
    expect(desk.locator("#top-search")).to_have_value("n?/")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("n")
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    assert desk.url.endswith("/admin/settings/")
    desk.keyboard.press("n")
    desk.wait_for_url("**/story/add/")


def test_letters_that_are_switched_off_do_nothing(at_desk, newsroom):
    user = get_user_model().objects.get(username="editor")
    DeskPreference.objects.create(user=user, letter_keys_are_on=False)
    desk = at_desk("/admin/settings/")
    for letter in "n?/":
        desk.keyboard.press(letter)
    expect(desk.locator("#keys")).to_be_hidden()
    expect(desk.locator("#top-search")).not_to_be_focused()
    assert desk.url.endswith("/admin/settings/")


ROWS = """() => {
  const tops = [...document.querySelectorAll(".top-bar a, .top-bar input, .who-name")]
    .map(each => each.getBoundingClientRect()).filter(box => box.height).map(box => box.top + box.height / 2);
  return new Set(tops.map(top => Math.round(top / 20))).size;
}"""
TOLD = "const count = document.querySelector('.told-count'); count.hidden = false; count.textContent = '100'"


@pytest.mark.parametrize("width", [360, 375])
def test_on_a_phone_the_bar_takes_two_rows_whatever_was_told(at_desk, width):
    desk = at_desk("/admin/settings/")
    desk.set_viewport_size({"width": width, "height": 700})
    desk.evaluate(TOLD)
    assert desk.evaluate(ROWS) == 2
    assert desk.evaluate("document.documentElement.scrollWidth") == width
