"""A reader's walk through the paper: from the front page to a story, and by way of its links to every kind of list."""

import datetime
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from ..newsroom import PUBLISHED, assert_fits, make_photo

pytestmark = pytest.mark.browser

HEADLINE = "Lilin menyala di Kyiv"
EARLIER = "Kapal gandum kembali melintas"


@pytest.fixture
def newsroom(cast):
    """The cast, a story in two pages with a photo and a link to another, and a page and a half of older ones."""
    shared = {"series": cast.perang, "tags": [cast.rusia]}
    day = datetime.timedelta(days=1)
    for age in range(2, 32):
        cast.story(f"Kabar {age} hari lalu", publish_at=PUBLISHED - age * day, **shared)
    earlier = cast.story(EARLIER, publish_at=PUBLISHED - day, **shared)
    body = f'<p>Satu.</p><hr><p>Dua.</p><aside data-story="{earlier.uid}"></aside><p>Tiga.</p>'
    cast.story(HEADLINE, body=body, lead_photo=make_photo(), **shared)


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(360, False, id="phone without scripts", marks=pytest.mark.wide),
        pytest.param(1280, True, id="desktop with scripts"),
        pytest.param(360, True, id="phone with scripts", marks=pytest.mark.wide),
        pytest.param(1280, False, id="desktop without scripts", marks=pytest.mark.wide),
    ],
)
@pytest.mark.wide
def test_a_reader_walks_from_the_front_page_to_the_archive(visit, width, scripts):
    page = visit("/", width, java_script_enabled=scripts)
    follow(page, page.get_by_role("link", name=HEADLINE), HEADLINE)
    follow(page, page.get_by_role("link", name="Halaman berikutnya"), HEADLINE)
    expect(page.locator(".pager")).to_contain_text("Halaman 2/2")
    follow(page, page.locator(".related").get_by_role("link"), EARLIER)
    follow(page, page.locator(".byline").get_by_role("link"), "Nina Yuniar")
    follow(page, page.locator(".sections").get_by_role("link", name="Internasional"), "Internasional")
    follow(page, page.get_by_role("link", name="Halaman berikutnya"), "Internasional")
    follow(page, page.locator(".listing").get_by_role("link"), "Kabar")
    follow(page, page.locator(".tags").get_by_role("link", name="Rusia"), "Rusia")
    follow(page, page.locator(".listing").get_by_role("link", name=HEADLINE), HEADLINE)
    follow(page, page.locator(".kicker").get_by_role("link"), "Perang Rusia Ukraina")
    follow(page, page.get_by_role("link", name="Halaman berikutnya"), "Perang Rusia Ukraina")
    follow(page, page.locator("a[href^='/archive/']"), "2023")


def follow(page, link, title):
    """Click the first of these links; it leads to a page under this title that is no wider than the window."""
    address = urljoin(page.url, link.first.get_attribute("href"))
    link.first.click()
    page.wait_for_url(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert_fits(page)
