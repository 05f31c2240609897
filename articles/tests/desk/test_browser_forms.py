"""A form of the desk in a browser: left with changes, sent when the session had ended, pressed on a promise."""

import pytest
from playwright.sync_api import expect

from articles.models import DeskSession, Story

from ..newsroom import LATER, add_chip, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.wide]


@pytest.fixture
def newsroom(newsroom):
    newsroom.draft("Naskah di meja")
    Story.objects.update(publish_at=LATER)
    return Story.objects.get()


def opened(at_desk, story):
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/")
    desk.asked = []
    desk.on("dialog", lambda dialog: (desk.asked.append(dialog.type), dialog.accept()))
    desk.locator(".ProseMirror[role=textbox]").wait_for()
    return desk


def leave(desk):
    """By a link at the head of the page; says how often the browser asked."""
    desk.locator(".top-places a").first.click()
    desk.wait_for_url("**/admin/")
    return desk.asked


def test_a_form_that_only_was_looked_at_is_left_without_a_question(at_desk, newsroom):
    desk = opened(at_desk, newsroom)
    desk.click("#id_headline")
    assert leave(desk) == []


@pytest.mark.parametrize("place", ["#id_headline", ".ProseMirror[role=textbox]"])
def test_a_changed_story_is_left_without_a_question_because_it_is_kept(at_desk, newsroom, place):
    desk = opened(at_desk, newsroom)
    desk.click(place)
    desk.keyboard.type("Diketik")
    expect(desk.locator("[data-saved]")).to_contain_text("Tersimpan")
    assert leave(desk) == []
    desk.reload()
    expect(desk.locator("[data-block=unsaved]")).to_have_count(1)


def test_leaving_another_changed_form_asks(at_desk, newsroom):
    desk = at_desk(f"/admin/articles/photo/{newsroom.lead_photo_id}/change/")
    desk.asked = []
    desk.on("dialog", lambda dialog: (desk.asked.append(dialog.type), dialog.accept()))
    desk.click("#id_title")
    desk.keyboard.type("Diketik")
    assert leave(desk) == ["beforeunload"]


def test_a_new_row_is_kept_and_saving_asks_nothing(at_desk, newsroom):
    desk = opened(at_desk, newsroom)
    desk.fill("#id_headline", "Judul baru")
    desk.click("[name=_continue]")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    assert desk.asked == []
    add_chip(desk, "tag_links", "Rusia")
    desk.locator("#story_form[data-kept=true]").wait_for()
    assert leave(desk) == []
    desk.reload()
    desk.locator("[data-block=unsaved] .home-buttons a").click()
    expect(desk.locator(".copy-differs")).to_contain_text("Rusia")


def test_a_story_sent_after_the_session_ended_comes_back(at_desk, newsroom):
    desk = opened(at_desk, newsroom)
    desk.fill("#id_headline", "Ditulis sejam lamanya")
    DeskSession.objects.all().delete()
    desk.click("[name=_continue]")
    expect(desk.locator(".errornote").first).to_contain_text("tidak hilang")
    sign_in(desk, "editor")
    expect(desk.locator("#id_headline")).to_have_value("Ditulis sejam lamanya")
    desk.click("[name=_continue]")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    newsroom.refresh_from_db()
    assert newsroom.headline == "Ditulis sejam lamanya"
