"""The main job in a browser: an editor writes and publishes a story, and a stranger reads it."""

import pytest
from playwright.sync_api import expect

from ..newsroom import PUBLISHED, add_chip, assert_fits, make_photo, pick

pytestmark = pytest.mark.browser

HEADLINE = "Dermaga Baru Dibuka Hari Ke-12"


@pytest.fixture
def newsroom(newsroom):
    """A photo in the library, too, and two stories to choose from."""
    make_photo(title="Lilin di alun-alun")
    make_photo(title="Perahu di danau", alt="Perahu di danau", colour="#337799")
    newsroom.story("Kapal gandum kembali melintas", publish_at=PUBLISHED)
    newsroom.story("Panen jagung dimulai")


@pytest.mark.wide
def test_an_editor_publishes_and_a_stranger_reads(visit, at_desk):
    write(at_desk("/admin/articles/story/add/"))
    for width in (360, 1280):
        read(visit("/", width))


def write(desk):
    expect(desk.locator("#id_headline")).to_be_focused()  # the admin does this late, and typing would end up there
    desk.fill("#id_headline", HEADLINE)
    desk.press("#id_headline", "Tab")  # the slug follows
    desk.fill("#id_standfirst", "Dermaga itu dibuka pada hari kedua belas.")
    write_body(desk)
    pick(desk, "section", "Internasional")
    add_chip(desk, "credits", "Nina Yuniar")
    add_chip(desk, "credits", "Ananda Putri Octaviani")
    desk.click("[name=_release]")
    asked = desk.locator("#move-release:modal")
    expect(asked).to_contain_text("belum punya foto utama")
    asked.get_by_label("Sudah saya periksa").check()
    asked.locator("[name=_release]").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def write_body(desk):
    desk.click(".ProseMirror[role=textbox]")
    desk.keyboard.type('"Kami senang," kata seorang nelayan.')
    insert(desk, "baca", "gandum", "Kapal gandum kembali melintas")
    desk.keyboard.type("Paragraf sesudah tautan.")
    insert(desk, "foto", "danau", "Perahu di danau", caption="Perahu nelayan menunggu di dermaga.")
    desk.keyboard.type("/pisah")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Paragraf di halaman kedua.")


def insert(desk, node, words, title, caption=None):
    """Find a story or photo by some words of it, and put it where the cursor is."""
    desk.keyboard.press("Enter")
    desk.keyboard.type(f"/{node}")
    desk.keyboard.press("Enter")
    dialog = desk.locator("dialog.desk-dialog[open]")
    dialog.locator("input[type=search]").fill(words)
    expect(dialog.locator(".desk-choice")).to_have_count(1)
    expect(dialog.locator(".desk-choice")).to_contain_text(title)
    if caption:
        dialog.locator("textarea[name=caption]").fill(caption)
    dialog.locator("button[value=chosen]").click()
    expect(dialog).to_have_count(0)
    expect(desk.locator(".ProseMirror .desk-node").last).to_contain_text(caption or title)


def read(page):
    """From the front page to the second page of the story."""
    assert_fits(page)
    page.get_by_role("link", name=HEADLINE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.locator(".byline")).to_contain_text("Penulis: Nina Yuniar")
    expect(page.locator(".body p").first).to_have_text("“Kami senang,” kata seorang nelayan.")
    expect(page.locator(".body aside")).to_have_text("Baca juga: Kapal gandum kembali melintas")
    expect(page.locator(".body figcaption")).to_have_text("Perahu nelayan menunggu di dermaga. AFP/BAY ISMOYO")
    picture = page.get_by_role("img", name="Perahu di danau")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.complete && picture.naturalWidth", arg=picture.element_handle())
    assert_fits(page)
    page.get_by_role("link", name="Halaman berikutnya").click()
    expect(page.locator(".pager")).to_contain_text("Halaman 2/2")
    expect(page.locator(".body p").first).to_have_text("Paragraf di halaman kedua.")
    assert_fits(page)
    page.go_back()
    page.get_by_role("link", name="Kapal gandum kembali melintas").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kapal gandum kembali melintas")
