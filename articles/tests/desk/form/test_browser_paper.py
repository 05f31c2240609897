"""The form of a story in a browser: focus, keys, the checks beside it, the button that tells the truth."""

import datetime
import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import expect

from articles import publishing
from articles.models import Story

from ...newsroom import WITA, assert_fits, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.wide]

MOST_CONTROLS = 35
CONTROLS = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true]"
)].filter(element => {
    const { top, left, width, height } = element.getBoundingClientRect()
    const is_seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    return is_seen && width > 2 && height > 2 && top < innerHeight && left < innerWidth && top + height > 0
}).map(element => element.id || element.name || element.className || element.textContent)"""
PREVIEW_BELOW_BAR = """() => {
    const [preview, bar] = ["#preview", ".bar"].map(place => document.querySelector(place).getBoundingClientRect())
    return preview.top === bar.bottom
}"""
NEXT_YEAR = timezone.now().astimezone(WITA).year + 1


@pytest.fixture
def newsroom(cast):
    cast.naskah = cast.draft("Naskah di meja")
    return cast


@pytest.fixture
def form(at_desk, newsroom):
    """Opens the form of the draft, or of a new story."""

    def form(name="chief", page="", width=1440, **manners):
        newsroom.somebody(name)
        desk = at_desk(page or f"/admin/articles/story/{newsroom.naskah.pk}/change/", name, width, **manners)
        desk.locator(".ProseMirror[role=textbox]").wait_for()
        return desk

    return form


def test_the_headline_has_the_focus_and_two_steps_lead_to_the_text(form):
    desk = form(page="/admin/articles/story/add/")
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.locator("#id_standfirst")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.locator(".ProseMirror[role=textbox]")).to_be_focused()
    desk.fill("#id_headline", "Rob")
    expect(desk.locator("#id_headline_letters")).to_have_text("3 / 70 huruf")


def test_an_empty_form_shows_few_controls(form):
    desk = form(page="/admin/articles/story/add/")
    desk.set_viewport_size({"width": 1440, "height": 900})
    shown = desk.evaluate(CONTROLS)
    assert len(shown) <= MOST_CONTROLS, shown


def test_the_checks_follow_what_is_typed_and_lead_to_their_field(form):
    desk = form()
    expect(desk.locator(".checks-count")).to_have_text("6/6")
    desk.fill("#id_standfirst", "")
    expect(desk.locator(".checks-count")).to_have_text("5/6")
    expect(desk.locator("[name=_release]")).not_to_contain_class("default")
    desk.locator("#checks").get_by_role("link", name="Tulis ringkasan.").click()
    desk.fill("#id_standfirst", "Ringkasan.")
    expect(desk.locator(".checks-count")).to_have_text("6/6")
    expect(desk.locator("[name=_release]")).to_contain_class("default")


def test_a_move_that_would_be_refused_leads_to_what_is_lacking(form, newsroom):
    desk = form()
    desk.fill("#id_standfirst", "")
    expect(desk.locator(".checks-count")).to_have_text("5/6")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#checks a:focus")).to_have_text("Tulis ringkasan.")
    expect(desk.locator("#id_standfirst")).to_have_value("")
    assert Story.objects.get(pk=newsroom.naskah.pk).standfirst


def test_the_button_follows_the_time_and_does_what_it_says(form, newsroom):
    desk = form()
    button = desk.locator("[name=_release]")
    expect(button).to_have_value("Terbitkan sekarang")
    desk.fill("#id_publish_at_0", f"30-11-{NEXT_YEAR}")
    desk.fill("#id_publish_at_1", "20.00")
    expect(button).to_have_value(re.compile(rf"Jadwalkan \w+ 30 Nov {NEXT_YEAR}, 20\.00 WITA"))
    button.click()
    expect(desk.locator(".moves .chip")).to_have_text("terjadwal")
    assert Story.objects.get().publish_at == datetime.datetime(NEXT_YEAR, 11, 30, 20, tzinfo=WITA)


def test_a_fault_is_told_until_its_field_is_changed(form):
    desk = form(page="/admin/articles/story/add/")
    desk.fill("#id_headline", "Waktu yang lewat")
    desk.fill("#id_publish_at_0", "30-11-2025")
    desk.fill("#id_publish_at_1", "20.00")
    desk.keyboard.press("Control+s")
    fault = desk.locator("#panel .field-publish_at .errorlist")
    expect(fault).to_be_visible()
    desk.fill("#id_publish_at_0", f"30-11-{NEXT_YEAR}")
    expect(fault).to_have_count(0)
    expect(desk.locator(".errors-summary li")).to_have_count(0)


def test_a_button_pressed_before_its_label_followed_is_not_sent(form):
    """The time is emptied and the button pressed at once: it changes, and nothing is published."""
    Story.objects.update(publish_at=datetime.datetime(NEXT_YEAR, 11, 30, 20, tzinfo=WITA))
    desk = form()
    desk.fill("#id_publish_at_0", "")
    desk.fill("#id_publish_at_1", "")
    desk.click("[name=_release]")
    expect(desk.locator(".bar-status")).to_contain_text("Tombolnya berubah")
    expect(desk.locator("[name=_release]")).to_have_value("Terbitkan sekarang")
    assert Story.objects.get().state == "draft"
    desk.click("[name=_release]")
    expect(desk.locator(".moves .chip")).to_have_text("tayang")


def test_the_button_of_a_live_story_tells_how_it_is_updated(form, newsroom):
    newsroom.naskah = newsroom.story("Yang tayang")
    desk = form()
    save = desk.locator("[name=_continue]")
    expect(save).to_have_value("Perbarui")
    desk.locator(".bar-split").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.locator("#id_is_minor")).to_be_focused()
    desk.keyboard.press("Space")
    expect(save).to_have_value("Perbarui, hanya salah ketik")
    desk.fill("#id_goes_out_at_0", f"30-11-{NEXT_YEAR}")
    desk.fill("#id_goes_out_at_1", "20.00")
    expect(save).to_have_value(re.compile(rf"Perbarui pada \w+ 30 Nov {NEXT_YEAR}, 20\.00 WITA"))
    desk.keyboard.press("Escape")
    expect(desk.locator("#update-how")).not_to_be_visible()
    expect(desk.locator(".bar-split")).to_be_focused()


def test_the_calendar_writes_the_day_as_the_desk_does_and_leads_to_the_hour(form):
    desk = form()
    day = desk.locator("#id_publish_at_0")
    day.locator("~ .day-calendar").evaluate(
        "(calendar, day) => { calendar.value = day; calendar.dispatchEvent(new Event('change')) }", f"{NEXT_YEAR}-11-30"
    )
    expect(day).to_have_value(f"30-11-{NEXT_YEAR}")
    expect(desk.locator("#id_publish_at_1")).to_be_focused()
    desk.fill("#id_publish_at_1", "7")
    expect(desk.locator("[name=_release]")).to_have_value(re.compile(rf"30 Nov {NEXT_YEAR}, 07\.00 WITA"))


@pytest.mark.parametrize("width", [375, 768, 1024])
def test_every_step_is_in_sight_whatever_the_label_says(form, newsroom, width):
    Story.objects.update(publish_at=datetime.datetime(NEXT_YEAR, 11, 30, 20, tzinfo=WITA))
    desk = form(width=width)
    for step in desk.locator(".bar-moves > *:not([popover], [type=hidden]), .bar-panel:visible").all():
        box = step.bounding_box()
        assert 0 <= box["x"] <= width - box["width"], step.evaluate("step => step.outerHTML")
    assert desk.evaluate("document.querySelector('.bar').scrollWidth") <= width


def test_a_reporter_hands_over_and_an_editor_alone_does_not_publish(form):
    desk = form("reporter", "/admin/articles/story/add/")
    expect(desk.locator("[data-next]")).to_have_value("Serahkan")
    desk = form("editor", "/admin/articles/story/add/")
    expect(desk.locator("[data-next]")).to_have_value("Serahkan")
    expect(desk.locator("[name=_release]")).to_have_count(0)


def test_keys_save_and_are_listed(form, newsroom):
    desk = form()
    desk.fill("#id_headline", "Disimpan dengan tombol")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    assert Story.objects.get().headline == "Disimpan dengan tombol"
    desk.locator("body").click(position={"x": 4, "y": 500})
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_contain_text("Langkah berikutnya")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (375, "light")])
def test_nothing_stands_in_the_way_of_anybody(form, newsroom, scheme, width):
    desk = form(width=width, color_scheme=scheme, bypass_csp=True)
    desk.add_script_tag(path=AXE_FILE_PATH)
    assert_fits(desk)
    assert not [*axe_faults(desk)]
    if width == 375:
        desk.click(".bar-panel")
        expect(desk.locator("#about")).to_be_visible()
        assert not [*axe_faults(desk)]


def test_half_of_a_phone_is_text_while_its_keyboard_is_open(form):
    desk = form(width=375)
    desk.set_viewport_size({"width": 375, "height": 812 - 336})
    text = desk.locator(".ProseMirror[role=textbox]")
    text.click()
    desk.keyboard.type("Warga menonton. " * 60)
    box = desk.locator(".bar").bounding_box()
    assert box["y"] + box["height"] <= (812 - 336) / 2


def test_the_preview_stands_below_the_bar_whose_buttons_stay_in_reach(form):
    desk = form()
    desk.keyboard.press("Control+Shift+P")
    expect(desk.locator("#preview")).to_be_visible()
    for scrolled in (0, 400):
        desk.evaluate(f"scrollTo(0, {scrolled})")
        desk.wait_for_function(PREVIEW_BELOW_BAR)
    desk.locator("[name=_continue]").click(trial=True)


def test_the_panel_has_first_what_is_lacking_then_the_story_then_its_notes(form, newsroom):
    chief, now = newsroom.somebody("editor"), timezone.now()
    rina = newsroom.somebody("reporter", name="rina")
    publishing.record(newsroom.naskah, rina, now)
    publishing.submit(newsroom.naskah, rina, now)
    publishing.return_to_writer(newsroom.naskah, chief, now, "Cantumkan jumlah korban.")
    desk = form()
    assert desk.locator("#panel > [id]").evaluate_all("parts => parts.map(part => part.id)") == [
        "checks",
        "about",
        "notes",
    ]
    lead = desk.locator(".panel-leads a", has_text="Cantumkan jumlah korban.")
    expect(lead).to_be_in_viewport()
    lead.click()
    expect(desk.locator("#note-returned")).to_be_in_viewport()
    expect(desk.locator("[data-leads-notes]")).to_be_hidden()
    desk.locator("textarea[name=note]").fill("Sudah?")
    desk.get_by_role("button", name="Tambah catatan").click()
    expect(desk.locator("[data-leads-notes]")).to_have_text("1 catatan terbuka")
