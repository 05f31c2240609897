"""The moves over the form and the preview beside it, in a browser and by the keyboard."""

import pathlib

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from articles.models import Correction, Story

from ...newsroom import assert_fits, assert_none, axe_faults

AXE = pathlib.Path(AXE_FILE_PATH).read_text()
pytestmark = [pytest.mark.browser, pytest.mark.wide]


@pytest.fixture
def newsroom(newsroom):
    newsroom.story("Berita yang tayang", lead_photo=newsroom.lilin)
    return newsroom


def opened(at_desk, story, **manners):
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/", **manners)
    desk.asked = []
    desk.on("dialog", lambda dialog: (desk.asked.append(dialog.type), dialog.accept()))
    desk.locator(".ProseMirror[role=textbox]").first.wait_for()
    return desk


def told(desk):
    """Wait until the preview says that it shows what is typed."""
    expect(desk.locator("#preview [role=status]")).to_contain_text("Seperti yang diketik")


def press_in_menu(desk, name):
    """A step that may lie in a menu, by the keyboard."""
    button = desk.locator(f"[name=_ask_{name}]").first
    if not button.is_visible():
        menu = button.evaluate("button => button.closest('[popover]').id")
        desk.locator(f"[popovertarget={menu}]").first.focus()
        desk.keyboard.press("Enter")
        expect(button).to_be_visible()
    button.focus()
    desk.keyboard.press("Enter")
    return desk.locator(f"#move-{name}")


def test_a_correction_is_written_over_the_form_by_the_keyboard(at_desk, newsroom):
    story = Story.objects.get()
    desk = opened(at_desk, story)
    desk.fill("#id_headline", "Yang benar")
    dialog = press_in_menu(desk, "correct")
    expect(dialog).to_be_visible()
    expect(dialog.locator("select")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(desk.locator("#id_headline")).to_have_value("Yang benar")
    dialog = press_in_menu(desk, "correct")
    desk.keyboard.press("Control+Enter")
    refused = desk.locator("#id_correct-text")
    desk.locator("#move-correct:modal").wait_for()
    expect(refused).to_be_focused()
    expect(desk.locator("#move-correct .errorlist")).to_be_visible()
    expect(desk.locator("#id_headline")).to_have_value("Yang benar")
    desk.keyboard.type("Judulnya keliru.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".messagelist .success a")).to_have_attribute("target", "_blank")
    story.refresh_from_db()
    assert (story.headline, Correction.objects.get().text, desk.asked) == ("Yang benar", "Judulnya keliru.", [])


def test_a_doubt_is_answered_over_the_form(at_desk, newsroom):
    Story.objects.all().delete()
    story = newsroom.draft(lead_photo=None)
    Story.objects.update(state="submitted")
    desk = opened(at_desk, story)
    desk.fill("#id_headline", "Diketik editor")
    desk.click("[name=_approve]")
    dialog = desk.locator("#move-approve:modal")
    dialog.wait_for()
    expect(dialog.locator("input[type=checkbox]")).to_be_focused()
    desk.keyboard.press("Space")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    story.refresh_from_db()
    assert (story.state, story.headline) == ("approved", "Diketik editor")


def test_the_preview_follows_what_is_typed_and_leaves_the_form_as_it_is(at_desk, newsroom):
    story = Story.objects.get()
    desk = opened(at_desk, story)
    desk.locator("[data-preview]").first.focus()
    desk.keyboard.press("Enter")
    frame = desk.frame_locator("#preview iframe")
    expect(frame.locator("h1")).to_have_text("Berita yang tayang")
    told(desk)
    desk.fill("#id_headline", "Diketik tanpa disimpan")
    expect(frame.locator("h1")).to_have_text("Diketik tanpa disimpan")
    for look, width in (("screen", 1280), ("print", 794), ("phone", 375)):
        desk.click(f"[data-look={look}]")
        told(desk)
        assert desk.locator("#preview iframe").evaluate("frame => frame.contentWindow.innerWidth") == width
    desk.click("[data-look=print]")
    expect(frame.locator(".share").filter(visible=True)).to_have_count(0)
    for look in ("search", "card"):
        desk.click(f"[data-look={look}]")
        frame.locator(f".look-{look} h2").wait_for()
        expect(frame.locator("h2")).to_contain_text("Diketik tanpa disimpan")
    desk.keyboard.press("Escape")
    expect(desk.locator("#preview")).not_to_be_visible()
    expect(desk.locator("#id_headline")).to_have_value("Diketik tanpa disimpan")
    story.refresh_from_db()
    assert story.headline == "Berita yang tayang"


def test_no_link_of_the_page_drops_what_was_typed(at_desk, visit, newsroom):
    """Each opens elsewhere or stays on the page; who leaves by one that does not is offered the words on return."""
    visit.awaited = ("dismissChildPopups",)  # Django's, of a window that is closed before it has loaded
    desk = at_desk(f"/admin/articles/story/{Story.objects.get().pk}/change/")
    desk.context.on("page", lambda page: page.close())
    desk.click("#id_headline")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Diketik")
    address = desk.url
    for link in desk.locator("#container :is(a[target=_blank], a[href^='#'], a[data-popup])").all():
        leads = link.get_attribute("href")
        link.evaluate("link => link.click()")
        desk.wait_for_timeout(50)
        assert desk.url.partition("#")[0] == address, leads
    expect(desk.locator("#id_headline")).to_have_value("Diketik")
    with desk.expect_navigation():
        desk.click(".bar-back")
    desk.goto(address)
    expect(desk.locator(".copy-offer")).to_contain_text("Diketik")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (375, "light")])
def test_dialogs_and_preview_have_no_faults(at_desk, visit, newsroom, scheme, width):
    visit.awaited = ("Applying inline style",)  # axe does
    story = Story.objects.get()
    desk = opened(at_desk, story, width=width, color_scheme=scheme)
    desk.evaluate(AXE)
    for name in ("correct", "withdraw"):
        dialog = press_in_menu(desk, name)
        expect(dialog).to_be_visible()
        assert_none({fault: [name] for fault in axe_faults(desk)})
        desk.keyboard.press("Escape")
    desk.locator("[data-preview]").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.frame_locator("#preview iframe").locator("h1")).to_be_visible()
    assert_none({fault: ["preview"] for fault in axe_faults(desk)})
    assert_fits(desk)
