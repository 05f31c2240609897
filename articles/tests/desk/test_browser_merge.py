"""Two people write in one story, in a browser each: nothing that either typed is lost."""

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Revision, Story

from ..newsroom import PUBLISHED

pytestmark = [pytest.mark.browser, pytest.mark.wide]

BODY = "<p>Wali kota datang pagi tadi.</p><p>Ia membuka pasar.</p>"
TEXT = ".ProseMirror[role=textbox]"


@pytest.fixture
def newsroom(newsroom):
    newsroom.somebody("chief", name="budi")
    story = newsroom.draft("Pasar dibuka", body=BODY)
    publishing.record(story, None, PUBLISHED)
    return story


@pytest.fixture
def two(at_desk, newsroom):
    """The form of the story, opened by both."""
    address = f"/admin/articles/story/{newsroom.pk}/change/"
    desks = at_desk(address), at_desk(address, name="budi")
    for desk in desks:
        desk.locator(TEXT).wait_for()
    return desks


def save(desk):
    with desk.expect_navigation():
        desk.locator("[name=_continue]").first.click()


def test_different_fields_are_merged(two, newsroom):
    mine, theirs = two
    theirs.fill("#id_headline", "Pasar baru dibuka")
    save(theirs)
    mine.fill("#id_standfirst", "Ringkasan yang baru.")
    save(mine)
    expect(mine.locator(".messagelist")).to_contain_text("budi (judul)")
    expect(mine.locator("#id_headline")).to_have_value("Pasar baru dibuka")
    newsroom.refresh_from_db()
    assert (newsroom.headline, newsroom.standfirst) == ("Pasar baru dibuka", "Ringkasan yang baru.")


def write(desk, words):
    """At the beginning of the first paragraph."""
    desk.locator(f"{TEXT} p").first.click()
    desk.keyboard.press("Control+Home")
    desk.keyboard.type(words)
    expect(desk.locator(f"{TEXT} p").first).to_contain_text(words.strip())


def collided(mine, theirs):
    write(theirs, "Kata budi. ")
    save(theirs)
    expect(theirs.locator(".messagelist .success")).to_be_visible()
    write(mine, "Kata saya. ")
    save(mine)
    expect(mine.locator(".choice")).to_have_count(1)


def test_the_same_paragraph_is_chosen_by_keyboard(two, newsroom):
    mine, theirs = two
    collided(mine, theirs)
    expect(mine.locator(".choice-words").nth(0)).to_contain_text("Kata saya.")
    expect(mine.locator(".choice-words").nth(1)).to_contain_text("Kata budi.")
    assert "Kata saya" not in Story.objects.get().body
    for _press in range(40):
        mine.keyboard.press("Tab")
        if mine.evaluate("document.activeElement.type") == "radio":
            break
    mine.keyboard.press("Space")
    mine.keyboard.press("ArrowDown")
    mine.keyboard.press("ArrowDown")
    expect(mine.locator("[value=both]")).to_be_checked()
    with mine.expect_navigation():
        mine.keyboard.press("Enter")
    newsroom.refresh_from_db()
    assert newsroom.body.startswith("<p>Kata budi. Wali kota datang pagi tadi.</p><p>Kata saya. Wali kota")


def test_the_way_back_leads_to_the_form_with_what_was_typed(two):
    mine, theirs = two
    collided(mine, theirs)
    with mine.expect_navigation():
        mine.locator("[name=_back]").click()
    expect(mine.locator(TEXT)).to_contain_text("Kata saya.")
    assert not Revision.objects.filter(move="set_aside").exists()
