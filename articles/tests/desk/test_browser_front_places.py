"""The front page is arranged in a browser, by drag and by the keyboard without scripts, and read as it was arranged."""

import datetime
import pathlib

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Slot
from articles.models.edition import Place

from ..newsroom import assert_fits, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.wide]

PAGE = "/admin/articles/story/front/"


@pytest.fixture
def newsroom(cast):
    cast.somebody("chief", name="editor")
    now = timezone.now()
    for number in range(1, 9):
        cast.story(f"Kabar nomor {number}", lead_photo=cast.lilin, publish_at=now - datetime.timedelta(hours=number))
    return cast


def held():
    return dict(Slot.objects.values_list("place", "story__headline"))


def test_a_story_is_dragged_to_the_lead_and_on_to_another_place(at_desk, visit):
    desk = at_desk(PAGE, "editor", width=1280)
    desk.set_viewport_size({"width": 1280, "height": 1600})  # nothing scrolls while it is dragged
    drag(desk, ".front-story:has-text('nomor 7')", Place.LEAD)
    expect(desk.locator(".front-spot-1 .front-headline")).to_have_text("Kabar nomor 7")
    expect(visit("/", 1280).locator(".card-lead .card-headline")).to_have_text("Kabar nomor 7")
    drag(desk, ".front-spot-1", Place.SECOND_2)
    expect(desk.locator(".front-spot-3 .front-headline")).to_have_text("Kabar nomor 7")
    assert held() == {Place.SECOND_2: "Kabar nomor 7"}


def test_what_is_dragged_to_the_breaking_line_waits_for_its_end(at_desk):
    desk = at_desk(PAGE, "editor", width=1280)
    drag(desk, ".front-story:has-text('nomor 5')", Place.BREAKING)
    expect(desk.locator("#id_until_0")).to_be_focused()
    assert held() == {}


def test_the_form_does_the_same_by_the_keyboard_on_a_phone_without_scripts(at_desk, visit):
    desk = at_desk(PAGE, "editor", width=375, java_script_enabled=False)
    assert_fits(desk)
    desk.get_by_role("radio", name="Kabar nomor 6").press("Space")
    desk.locator("#id_place").select_option(str(Place.BREAKING.value))
    end = timezone.localtime() + datetime.timedelta(days=2)
    desk.fill("#id_until_0", f"{end:%Y-%m-%d}")
    desk.fill("#id_until_1", "08.00")
    desk.press("#id_until_1", "Enter")
    expect(desk.locator(".front-spot-0 .front-headline")).to_have_text("Kabar nomor 6")
    phone = visit("/latest/", 375)
    assert_fits(phone)
    expect(phone.locator(".breaking a")).to_have_text("Kabar nomor 6")
    desk.get_by_role("button", name="Kosongkan").press("Enter")
    expect(desk.locator(".front-spot-0 .front-headline")).to_have_count(0)
    assert held() == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_and_the_line_are_sound(at_desk, visit, newsroom, scheme):
    story = newsroom.story("Gempa terasa di pesisir", lead_photo=newsroom.lilin, publish_at=timezone.now())
    visit.awaited = ("inline style",)  # axe's own
    ends = timezone.now() + datetime.timedelta(hours=2)
    for place in (Place.BREAKING, Place.SECOND_3):
        Slot.objects.create(
            edition=newsroom.gorontalo, place=place, story=story, until_at=ends, placed_at=timezone.now()
        )
    for page in (at_desk(PAGE, "editor", width=375, color_scheme=scheme), visit("/", 375, color_scheme=scheme)):
        assert_fits(page)
        page.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
        assert not list(axe_faults(page))


def drag(desk, story, place):
    desk.locator(story).drag_to(desk.locator(f".front-spot-{place.value} .front-place"))
    desk.wait_for_load_state()
