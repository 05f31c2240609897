"""Notes in the form of a story: on chosen words, marked in the text, led to by a press, and never part of the text."""

import os
import pathlib
import random
import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import expect

from articles import publishing
from articles.models import Note, Story
from articles.text.passages import Indexed, Passage, find_changed, passage

from ...newsroom import assert_fits, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.wide]

TEXT = ".ProseMirror[role=textbox]"
CHOOSE = """words => {
  const root = document.querySelector(".ProseMirror[role=textbox]")
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(walker.currentNode, at)
    range.setEnd(walker.currentNode, at + words.length)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return
  }
}"""

FOUND_CHANGED = """async cases => {
  const { findChanged, indexed } = await import("/static/desk/passages.js")
  const places = (text) => [...Array(text.length).keys()]
  return cases.map(([text, sought]) => findChanged(indexed({ text, at: places(text) }), sought) ?? [])
}"""


@pytest.fixture
def story(newsroom, visit):
    visit.awaited = ["Applying inline style"]  # by axe
    rina = newsroom.somebody("reporter", name="rina")
    story = newsroom.draft("Banjir di Tapa", body="<p>Air naik di Tapa.</p><p>Warga mengungsi ke sekolah.</p>")
    publishing.record(story, rina, timezone.now())
    return story


@pytest.fixture
def desk(story, at_desk):
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/", width=1440)
    desk.wait_for_selector(".desk-tools")
    return desk


def look(page, name):
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")


def write_on(desk, words, note):
    desk.click(f"{TEXT} p >> nth=0")
    desk.evaluate(CHOOSE, words)
    desk.get_by_role("button", name="Catatan pada bagian ini").click()
    expect(desk.locator(".talk-new .talk-quote")).to_have_text(words)
    desk.keyboard.type(note)
    desk.get_by_role("button", name="Tambah catatan").click()
    expect(desk.locator(".desk-noted")).to_have_text(words)


def test_a_note_on_a_passage_is_marked_led_to_and_outlives_edits_around_it(desk, story):
    write_on(desk, "Warga mengungsi", "Berapa orang? @ri")
    expect(desk.locator(".talk-text")).to_contain_text("Berapa orang?")
    look(desk, "notes-1440")
    desk.click(".desk-noted")
    expect(desk.locator(".talk-note")).to_be_focused()
    desk.click(f"{TEXT} p >> nth=1")
    desk.keyboard.press("Home")
    desk.keyboard.type("Sejak pagi. ")
    expect(desk.locator(".desk-noted")).to_have_text("Warga mengungsi")
    with desk.expect_navigation():
        desk.click(".bar [name=_continue]")
    desk.wait_for_selector(".desk-tools")
    expect(desk.locator(".desk-noted")).to_have_text("Warga mengungsi")
    assert Story.objects.get(pk=story.pk).body == (
        "<p>Air naik di Tapa.</p><p>Sejak pagi. Warga mengungsi ke sekolah.</p>"
    )


def test_a_passage_that_is_written_anew_says_that_it_is_gone(desk):
    write_on(desk, "Air naik", "Kapan?")
    desk.evaluate(CHOOSE, "Air naik")
    desk.keyboard.type("Sungai meluap")
    expect(desk.locator(".talk-gone")).to_be_visible()
    expect(desk.locator(".desk-noted")).to_have_count(0)
    look(desk, "notes-gone")


def test_a_passage_that_is_edited_within_stays_marked_and_says_so(desk):
    write_on(desk, "Warga mengungsi", "Berapa?")
    desk.evaluate(CHOOSE, "mengungsi")
    desk.keyboard.type("pindah")
    expect(desk.locator(".talk-changed")).to_be_visible()
    expect(desk.locator(".desk-noted")).to_have_text("Warga pindah")
    expect(desk.locator(".talk-note .talk-quote")).to_have_text("Warga mengungsi")
    look(desk, "notes-changed")


def test_browser_and_server_find_the_same_changed_passages(desk):
    dice, cases = random.Random(17), []
    for _case in range(400):
        words = [dice.choice(["Air", "naik,", "di", "Tapa.", "warga", "“Senin”", "pulang", "–"]) for _word in range(40)]
        start, length = dice.randrange(35), dice.randrange(1, 6)
        text, before = " ".join(words), len(" ".join([*words[:start], ""]))
        sought = passage(text, before, before + len(" ".join(words[start : start + length])))
        for _edit in range(dice.randrange(4)):
            words[dice.randrange(len(words))] = "lain"
        cases.append((" ".join(words), sought._asdict()))
    found = desk.evaluate(FOUND_CHANGED, cases)
    assert found == [[*(find_changed(Indexed(text), Passage(**sought)) or ())] for text, sought in cases]


def test_at_offers_people_and_enter_takes_one(desk):
    area = desk.locator("textarea[name=note]")
    area.click()
    desk.keyboard.type("Tolong @ri")
    expect(desk.get_by_role("option", name=re.compile("rina"))).to_be_visible()
    look(desk, "notes-at")
    desk.keyboard.press("Enter")
    expect(area).to_have_value("Tolong @rina ")


def test_it_is_answered_and_resolved_while_the_text_stays_as_it_is_typed(desk, story):
    write_on(desk, "Air naik", "Kapan?")
    desk.fill("#id_headline", "Judul yang belum disimpan")
    desk.locator(".talk-answer summary").click()
    desk.locator(".talk-answer textarea").fill("Pukul lima.")
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.locator(".talk-answers")).to_contain_text("Pukul lima.")
    desk.get_by_role("button", name="Beres").click()
    expect(desk.locator(".desk-noted")).to_have_count(0)
    expect(desk.locator(".talk-resolved summary")).to_have_text("1 beres")
    expect(desk.locator("#id_headline")).to_have_value("Judul yang belum disimpan")
    assert Note.objects.filter(resolved_at=None, answers_to=None).count() == 0


def test_a_note_is_not_lost_where_the_newsroom_does_not_answer(desk, visit):
    visit.awaited = ["Failed to load resource", "ERR_FAILED"]
    desk.route("**/notes/", lambda route: route.abort())
    desk.fill("textarea[name=note]", "Penting")
    desk.get_by_role("button", name="Tambah catatan").click()
    expect(desk.locator(".talk-told")).to_contain_text("tidak menjawab")
    expect(desk.locator("textarea[name=note]")).to_have_value("Penting")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_the_panel_with_notes_is_accessible(story, newsroom, at_desk, width, scheme):
    note = Note.objects.create(
        story=story, author=newsroom.somebody("editor", name="edo"), text="Berapa orang @rina?",
        quote="Warga mengungsi", before="Air naik di Tapa.", after="ke sekolah.", made_at=timezone.now(),
    )  # fmt: skip
    Note.objects.create(story=story, answers_to=note, author=note.author, text="Dua ratus.", made_at=note.made_at)
    Note.objects.create(
        story=story, outsider="Pak Yusuf", agrees=True, revision_number=1, text="Sudah sesuai.", made_at=note.made_at
    )
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/", width=width, color_scheme=scheme)
    desk.wait_for_selector(".desk-noted")
    if width == 375:
        desk.click(".bar-panel")
    desk.locator("#notes").scroll_into_view_if_needed()
    look(desk, f"notes-panel-{width}-{scheme}")
    assert_fits(desk)
    desk.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
    found = list(axe_faults(desk))
    assert not found, "\n".join(found)
