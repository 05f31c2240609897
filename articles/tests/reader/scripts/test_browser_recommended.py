"""What is recommended stands in the order of what this browser has read; only the browser knows."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ...newsroom import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.wide]
NOW = "JSON.stringify(read.map(([path, topics]) => [path, Date.now(), topics]))"
RAIL = ".rail-recommended li > a"


@pytest.fixture
def newsroom(cast):
    shared = {"tags": [cast.rusia], "publish_at": timezone.now() - datetime.timedelta(hours=3)}
    for number in range(5):
        cast.story(f"Kabar perang {number}", series=cast.perang, **shared)
    for number in range(5):
        cast.story(f"Kabar biasa {number}", **shared)
    # Its rail is out of sight, so that it may be arranged after the first paint, too.
    cast.one = cast.story("Kabar pertama", body="<p>Satu kabar.</p>" * 30, **shared)
    return cast


@pytest.fixture
def shown(visit, newsroom):
    """What is recommended after these stories were read, [[path, topics]], and the page."""

    def shown(read, width=375):
        page, asked = visit(newsroom.one.get_absolute_url(), width), []
        page.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
        page.evaluate(f"read => localStorage.setItem('read', {NOW})", read)
        page.reload()
        if read:
            expect(page.get_by_text("Disusun di perangkat Anda")).to_be_visible()
        seen = [line.inner_text() for line in page.locator(RAIL).all() if line.is_visible()]
        assert {(method, data) for method, _url, data in asked} == {("GET", None)}
        assert [url for _method, url, _data in asked if "?" in url] == []
        return seen, page

    return shown


def test_two_histories_are_two_orders_and_nothing_leaves_the_browser(shown):
    plain, _page = shown([])
    war, page = shown([["/lain/", ["Perang Rusia Ukraina"]]])
    assert len(plain) == len(war) == 6
    assert [name.startswith("Kabar perang") for name in war] == [True] * 5 + [False]
    read = page.locator(RAIL).first.evaluate("link => new URL(link.href).pathname")
    without, page = shown([[read, ["Perang Rusia Ukraina"]]])
    assert war[0] not in without
    assert len(without) == 6
    assert without != plain
    assert_fits(page)


def test_the_reader_sees_what_is_kept_and_deletes_it(shown):
    plain, _page = shown([])
    _war, page = shown([["/lain/", ["Perang Rusia Ukraina"]]])
    page.get_by_text("Disusun di perangkat Anda").click()
    expect(page.locator(".on-device b")).to_have_text("Perang Rusia Ukraina")
    page.get_by_role("button", name="Hapus catatan").click()
    expect(page.locator(".on-device p")).to_have_text("Catatan di peramban ini sudah dihapus.")
    assert [line.inner_text() for line in page.locator(RAIL).all() if line.is_visible()] == plain
    assert page.evaluate("localStorage.getItem('read')") is None


def test_a_story_that_was_read_is_kept_with_what_it_is_about(visit, newsroom):
    page = visit(newsroom.one.get_absolute_url(), 375)
    page.evaluate("document.dispatchEvent(new Event('read'))")
    [[path, _time, topics]] = page.evaluate("JSON.parse(localStorage.getItem('read'))")
    assert (path, topics) == (newsroom.one.get_absolute_url(), ["Internasional", "Rusia"])


@pytest.mark.parametrize("kept", ["{", "null", "7", "[null, 7, [1]]", '[["/a/", "x", [1]]]'])
def test_what_the_browser_keeps_may_be_anything(visit, newsroom, kept):
    page = visit(newsroom.one.get_absolute_url(), 375)
    page.evaluate("kept => localStorage.setItem('read', kept)", kept)
    page.reload()
    expect(page.locator(".on-device")).to_be_hidden()


def test_without_script_six_are_seen(visit, newsroom):
    page = visit(newsroom.one.get_absolute_url(), 375, java_script_enabled=False)
    assert len([line for line in page.locator(RAIL).all() if line.is_visible()]) == 6
    expect(page.locator(".on-device")).to_be_hidden()
