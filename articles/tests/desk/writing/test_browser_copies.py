"""Nothing typed is lost: whatever breaks while somebody writes, each character is offered to them on return."""

import json

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from articles.desk.writing import working_copies
from articles.models import DeskSession, Story, WorkingCopy

from ...newsroom import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.wide]

TYPED = "Setiap huruf dari kalimat ini."
TEXT = ".ProseMirror[role=textbox]"
GONE = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "Failed to fetch", "503", "ERR_CONNECTION")


@pytest.fixture
def naskah(newsroom):
    return newsroom.draft("Naskah di meja")


def address(story):
    return f"/admin/articles/story/{story.pk}/change/"


def opened(at_desk, story, **manners):
    desk = at_desk(address(story), **manners)
    desk.asked = []
    desk.on("dialog", lambda dialog: (desk.asked.append(dialog.type), dialog.accept()))
    desk.locator(TEXT).wait_for()
    return desk


def write(desk, words=TYPED):
    desk.click(TEXT)
    desk.keyboard.press("Control+End")
    desk.keyboard.type(words)


def is_kept(desk):
    expect(desk.locator("[data-saved]")).to_contain_text("Tersimpan")


def copied():
    """What stands in the text of the one copy."""
    return dict(WorkingCopy.objects.get().typed)["body"]


def again(desk, url):
    """Another tab of the same browser."""
    page = desk.context.new_page()
    page.goto(url)
    return page


def go_on(page):
    page.get_by_role("button", name="Lanjutkan").first.click()
    expect(page.locator(TEXT)).to_contain_text(TYPED)
    return page


def test_what_is_typed_is_kept_after_two_seconds_and_offered_when_the_tab_was_closed(at_desk, naskah):
    desk = opened(at_desk, naskah)
    url = desk.url
    write(desk)
    is_kept(desk)
    assert TYPED in copied()
    desk.close(run_before_unload=False)
    page = desk.context.new_page()
    page.goto(url)
    page.locator(".copy-offer a").click()
    expect(page.locator(".copy-differs ins").last).to_contain_text(TYPED)
    go_on(page)
    page.get_by_role("button", name="Simpan", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    assert TYPED in Story.objects.get().body
    assert not WorkingCopy.objects.exists()


def test_a_tab_closed_within_the_two_seconds_lost_no_letter(at_desk, naskah):
    desk = opened(at_desk, naskah)
    url, other = desk.url, again(desk, desk.url.partition("/admin/")[0] + "/admin/")
    write(desk)
    desk.close(run_before_unload=True)
    other.wait_for_timeout(500)
    other.goto(url)
    expect(other.locator(".copy-offer")).to_have_count(1)
    go_on(other)


def test_leaving_asks_nothing_while_the_text_is_kept(at_desk, naskah):
    desk = opened(at_desk, naskah)
    write(desk)
    is_kept(desk)
    desk.goto(desk.url.partition("/admin/")[0] + "/admin/")
    assert desk.asked == []
    expect(desk.locator("[data-block=unsaved]")).to_contain_text("Naskah di meja")


def test_but_it_does_where_neither_the_newsroom_nor_the_browser_keeps_it(at_desk, naskah, visit):
    visit.awaited = GONE
    desk = opened(at_desk, naskah)
    desk.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    desk.route("**/copies/keep/", lambda route: route.abort())
    write(desk)
    expect(desk.locator(".copy-trouble")).to_contain_text("hanya ada di sini")
    desk.goto(desk.url.partition("/admin/")[0] + "/admin/")
    assert desk.asked == ["beforeunload"]


def test_the_network_is_cut_while_typing(at_desk, naskah, visit):
    visit.awaited = GONE
    desk = opened(at_desk, naskah)
    home = again(desk, desk.url.partition("/admin/")[0] + "/admin/")
    desk.context.set_offline(True)
    write(desk)
    expect(desk.locator(".copy-trouble")).to_contain_text("tersimpan di peramban ini")
    desk.close(run_before_unload=False)
    assert not WorkingCopy.objects.exists()
    home.context.set_offline(False)
    home.reload()  # what only this browser has is sent from here
    expect(home.locator("[data-block=unsaved]")).to_contain_text("Naskah di meja")
    assert TYPED in copied()
    go_on(home)


def test_it_is_sent_by_itself_when_the_network_is_back(at_desk, naskah, visit):
    visit.awaited = GONE
    desk = opened(at_desk, naskah)
    desk.context.set_offline(True)
    write(desk)
    expect(desk.locator(".copy-trouble")).to_be_visible()
    desk.context.set_offline(False)
    is_kept(desk)
    expect(desk.locator(".copy-trouble")).to_be_hidden()
    assert TYPED in copied()


def test_a_save_while_the_database_is_away_stays_says_so_and_is_tried_again(at_desk, naskah, visit, monkeypatch):
    visit.awaited = GONE
    desk = opened(at_desk, naskah)
    write(desk)
    is_kept(desk)

    def away(*args):
        raise OperationalError("database or disk is full")

    desk.wait_for_timeout(1200)  # what was kept within the last second is not asked for again
    with monkeypatch.context() as broken:
        broken.setattr(working_copies, "keep", away)
        desk.click("[name=_continue]")
        expect(desk.locator(".copy-trouble")).to_contain_text("Belum disimpan")
        expect(desk.locator(TEXT)).to_contain_text(TYPED)
        assert TYPED not in Story.objects.get().body
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    assert TYPED in Story.objects.get().body
    assert not WorkingCopy.objects.exists()
    assert desk.asked == []


def test_the_sign_in_ends_while_writing_and_is_renewed_in_another_tab(at_desk, naskah):
    desk = opened(at_desk, naskah)
    DeskSession.objects.all().delete()
    write(desk)
    expect(desk.locator(".copy-trouble")).to_contain_text("Sesi masuk Anda sudah berakhir")
    assert not WorkingCopy.objects.exists()
    tab = again(desk, desk.url.partition("/admin/")[0] + "/admin/login/")
    sign_in(tab, "editor")
    is_kept(desk)
    assert TYPED in copied()
    desk.click("[name=_continue]")
    expect(desk.locator("#story_form, .errors-summary").first).to_be_visible()
    expect(desk.locator(TEXT)).to_contain_text(TYPED)


def test_two_people_see_each_other_at_once_and_see_who_has_left(at_desk, naskah, newsroom):
    newsroom.somebody("chief", name="rahma")
    one, other = opened(at_desk, naskah), opened(at_desk, naskah, name="rahma")
    expect(other.locator("[data-presence]")).to_contain_text("editor membuka berita ini", timeout=15_000)
    write(other)
    is_kept(other)
    expect(one.locator("[data-presence]")).to_contain_text("rahma sedang menulis di sini", timeout=30_000)
    other.goto(other.url.partition("/admin/")[0] + "/admin/")
    expect(one.locator("[data-presence]")).to_contain_text("rahma punya naskah yang belum", timeout=30_000)


def test_a_new_story_is_offered_before_it_was_ever_saved(at_desk, newsroom):
    desk = at_desk("/admin/articles/story/add/")
    desk.locator(TEXT).wait_for()
    desk.fill("#id_headline", "Berita yang baru dimulai")
    write(desk)
    is_kept(desk)
    desk.close(run_before_unload=False)
    page = desk.context.new_page()
    page.goto(desk.url.partition("/admin/")[0] + "/admin/")
    expect(page.locator("[data-block=unsaved]")).to_contain_text("Berita yang baru dimulai")
    go_on(page)
    expect(page.locator("#id_headline")).to_have_value("Berita yang baru dimulai")


def stored(page):
    keys = json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
    return [key for key in keys if key.startswith("desk-copy:")]


def test_signing_out_empties_the_browser_and_the_server_keeps_it(at_desk, naskah):
    desk = opened(at_desk, naskah)
    write(desk)
    is_kept(desk)
    assert stored(desk)
    desk.click(".who-name")
    desk.click("#logout-form button")
    desk.wait_for_url("**/admin/logout/")
    assert stored(desk) == []
    assert TYPED in copied()


def test_who_signs_in_after_somebody_is_offered_nothing_of_theirs(at_desk, naskah, newsroom, visit):
    visit.awaited = (*GONE, "403")  # the checks of the form, which is not theirs any more
    newsroom.somebody("chief", name="lain")
    desk = opened(at_desk, naskah)
    desk.context.set_offline(True)
    write(desk)
    expect(desk.locator(".copy-trouble")).to_be_visible()
    desk.route("**/copies/keep/", lambda route: route.abort())
    desk.context.set_offline(False)
    DeskSession.objects.all().delete()
    tab = again(desk, desk.url.partition("/admin/")[0] + "/admin/")
    sign_in(tab, "lain")
    tab.wait_for_load_state("networkidle")
    expect(tab.locator("[data-block=unsaved]")).to_have_count(0)
    assert len(stored(tab)) == 1  # kept for its writer
    assert not WorkingCopy.objects.exists()
