"""A working day in a browser: a story is written, given back, mended, scheduled, read, corrected, withdrawn."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Story

from ..newsroom import WITA, add_chip, assert_fits, choose_lead_photo, open_story, pick

pytestmark = [pytest.mark.browser, pytest.mark.wide]

FIRST, HEADLINE = "Dermaga baru dibuka", "Dermaga baru dibuka untuk umum"
SLUG = "dermaga-baru-dibuka"
REASON = "Sebutkan siapa yang membukanya."
PUT_RIGHT = "Dermaga itu dibuka oleh bupati, bukan gubernur."


@pytest.fixture
def newsroom(cast):
    for role in ("reporter", "editor", "chief"):
        cast.somebody(role)


def test_a_working_day(visit, at_desk):
    visit.awaited = ("/copies/keep/",)  # typed just before the story was handed over, by who may not write it any more
    reporter = at_desk("/admin/articles/story/add/", "reporter")
    write_and_submit(reporter)
    editor = at_desk("/admin/articles/story/", "editor")
    open_story(editor, FIRST)
    give_back(editor)
    mend_by_keyboard(reporter)
    reporter.close()  # it would go on asking about a story that they may not write any more
    evening = (timezone.now().astimezone(WITA) + datetime.timedelta(days=1)).replace(hour=20, minute=0, second=0)
    approve_and_schedule(editor, evening)
    editor.close()
    expect(visit("/", 1280).get_by_role("link", name=HEADLINE)).to_have_count(0)
    with time_machine.travel(evening + datetime.timedelta(minutes=1)):
        address = read(visit)
        chief = at_desk("/admin/articles/story/", "chief", width=375)
        open_story(chief, HEADLINE)
        correct(chief)
        told(visit, address)
        withdraw(chief)
        is_gone(visit, address)


def write_and_submit(desk):
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.fill("#id_headline", FIRST)
    desk.press("#id_headline", "Tab")  # the slug follows
    desk.fill("#id_standfirst", "Dermaga itu dibuka pagi ini.")
    desk.click(".ProseMirror[role=textbox]")
    desk.keyboard.type("Warga menonton dari tepi.")
    pick(desk, "section", "Internasional")
    choose_lead_photo(desk, "Lilin di alun-alun")
    add_chip(desk, "credits", "Nina Yuniar")
    add_chip(desk, "credits", "Ananda Putri Octaviani")
    desk.click("[name=_submit]")
    expect(desk.locator(".moves .chip")).to_have_text("diserahkan")
    expect(desk.locator("[name=_continue]")).to_have_count(0)


def give_back(desk):
    desk.get_by_role("button", name="Kembalikan …").click()
    desk.click("[name=_move_return]")
    expect(desk.locator("#move-return:modal .errorlist")).to_be_visible()
    desk.fill("#id_return-note", REASON)
    desk.click("[name=_move_return]")
    expect(desk.locator(".moves .chip")).to_have_text("dikembalikan")


def mend_by_keyboard(desk):
    """From the list to the story, its headline and the bar, without a mouse."""
    desk.goto(desk.url.split("/admin/")[0] + "/admin/articles/story/")
    tab_to(desk, f"a:has-text('{FIRST}')")
    desk.keyboard.press("Enter")
    expect(desk.locator(".note").first).to_contain_text(REASON)
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(HEADLINE.removeprefix(FIRST))
    tab_to(desk, "[name=_continue]", key="Shift+Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    expect(desk.locator("#id_headline")).to_have_value(HEADLINE)
    tab_to(desk, "[name=_submit].default", key="Shift+Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".moves .chip")).to_have_text("diserahkan")


def tab_to(desk, selector, most=150, key="Tab"):
    """Press a key until that has the focus; it is then in sight, in a frame, and nothing lies upon it."""
    for _ in range(most):
        desk.keyboard.press(key)
        focused = desk.locator(f"{selector}:focus")
        if focused.count():
            seen = focused.evaluate(IN_SIGHT)
            assert seen == [True, True], (selector, seen)
            return
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


IN_SIGHT = """element => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const above = document.elementFromPoint(left + width / 2, top + height / 2)
  const { outlineStyle, borderColor, boxShadow } = getComputedStyle(element)
  return [element === above || element.contains(above), outlineStyle !== "none" || boxShadow !== "none"]
}"""


def approve_and_schedule(desk, evening):
    desk.reload()
    expect(desk.locator(".moves .default")).to_have_attribute("name", "_approve")
    desk.click("[name=_approve]")
    expect(desk.locator(".moves .chip")).to_have_text("disetujui")
    desk.fill("#id_publish_at_0", f"{evening:%d-%m-%Y}")
    desk.fill("#id_publish_at_1", "20.00")
    desk.click("[name=_continue]")
    expect(desk.locator("[name=_release].default")).to_have_value(
        re.compile(rf"Jadwalkan \w+ {evening.day} .*20\.00 WITA")
    )
    desk.click("[name=_release]")
    expect(desk.locator(".moves .chip")).to_have_text("terjadwal")


def read(visit):
    """A stranger, from the front page."""
    page = visit("/", 375)
    page.get_by_role("link", name=HEADLINE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    assert_fits(page)
    return page.url


def correct(desk):
    desk.get_by_role("button", name="Cara memperbarui").click()
    move = desk.get_by_role("button", name="Perbarui dengan ralat …")
    expect(move).to_be_visible()  # the story's page is there, not that of the list any more
    assert_fits(desk)
    move.click()
    desk.select_option("#id_correct-kind", "correction")
    desk.fill("#id_correct-text", PUT_RIGHT)
    desk.click("[name=_move_correct]")
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def told(visit, address):
    path = "/" + address.split("/", 3)[3]
    expect(visit(path, 375).locator("main")).to_contain_text(PUT_RIGHT)
    listed = visit("/corrections/", 375)
    expect(listed.locator("main")).to_contain_text(PUT_RIGHT)
    expect(listed.get_by_role("link", name=HEADLINE)).to_have_attribute(
        "href", re.compile(rf"{path}#correction-[0-9a-f-]+$")
    )


def withdraw(desk):
    """What takes away stands apart, in the list of further steps."""
    gone = desk.get_by_role("button", name="Tarik …")
    expect(gone).to_be_hidden()
    desk.click("[popovertarget=moves-more]")
    gone.click()
    desk.select_option("#id_withdraw-reason", "child")
    desk.click("[name=_move_withdraw]")
    expect(desk.locator(".moves .chip")).to_have_text("ditarik")


def is_gone(visit, address):
    page = visit("/", 375)
    expect(page.get_by_role("link", name=HEADLINE)).to_have_count(0)
    answer = page.request.get(address)
    assert answer.status == 410
    assert "masa depan anak" in answer.text()
    assert "Warga menonton" not in answer.text()
    assert Story.objects.get(slug=SLUG).state == "withdrawn"
