"""A story on a phone: its text begins on the first screen, and it is passed on by the device's sheet or by links."""

import pytest
from playwright.sync_api import expect

from articles.models.label import Label

from ...newsroom import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.wide]

HEADLINE = "Update Perang Rusia vs Ukraina Hari ke-603: Warga Kyiv Bersiap Menghadapi Musim Dingin"
SHEET = "navigator.share = async (told) => { window.told = told }"


@pytest.fixture
def newsroom(cast):
    cast.shared = cast.story(HEADLINE, slug="hari-ke-603", standfirst="Kata demi kata. " * 15, lead_photo=cast.lilin)
    return cast


def address(newsroom):
    return newsroom.shared.get_absolute_url()


@pytest.mark.parametrize("label", [Label.NEWS, Label.OPINION, Label.ADVERTORIAL, Label.UNVERIFIED])
def test_the_text_begins_on_the_first_screen_of_a_phone(visit, newsroom, label):
    newsroom.shared.label, newsroom.shared.sponsor = label, "Bank Contoh" if label == Label.ADVERTORIAL else ""
    newsroom.shared.save()
    page = visit(address(newsroom), 360)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".body p").first.bounding_box()["y"] < 740 - 60  # two lines of it


def test_without_a_script_its_links_unfold(visit, newsroom):
    page = visit(address(newsroom), 360, java_script_enabled=False)
    head = page.locator(".share-head")
    expect(head.locator("a").first).to_be_hidden()
    head.locator("summary").click()
    expect(head.get_by_role("link", name="WhatsApp")).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()


def test_a_device_with_a_sheet_of_its_own_opens_that(visit, newsroom):
    page = visit("/", 360)
    page.add_init_script(SHEET)
    page.goto(page.url.rstrip("/") + address(newsroom))
    page.locator(".share-head summary").click()
    told = page.wait_for_function("window.told").json_value()
    assert told["title"] == HEADLINE
    assert told["url"].endswith(address(newsroom))
    expect(page.locator(".share-head a").first).to_be_hidden()


def test_the_address_is_copied(visit, newsroom):
    page = visit(address(newsroom), 1280, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("nav.share [data-copy]")
    button.click()
    expect(button).to_have_text("Alamat disalin")
    assert page.evaluate("navigator.clipboard.readText()").endswith(address(newsroom))


def test_unfolded_it_fits_the_narrowest_phone(visit, newsroom):
    page = visit(address(newsroom), 320)
    page.evaluate("document.querySelector('.share-head').open = true")
    assert_fits(page)
