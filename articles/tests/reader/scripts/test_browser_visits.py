"""What is new of a running story since the last visit: the browser alone knows, and nothing moves."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

HOUR = datetime.timedelta(hours=1)
TIMELINE = "/series/perang-rusia-ukraina/"
# The latest visit began and ended so many hours ago.
VISITED = """hours => localStorage.setItem(
  `visits:${document.querySelector("[data-visits]").dataset.visits}`,
  JSON.stringify([0, Date.now() - hours * 3600000])
)"""
SHIFTS = """() => new Promise(told => {
  new PerformanceObserver(list => told(list.getEntries().map(one => one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told([]), 300);
})"""

pytestmark = [pytest.mark.browser, pytest.mark.wide]


@pytest.fixture
def newsroom(cast):
    now = timezone.now()
    for hours in (1, 2, 5):
        cast.story(f"Kabar {hours} jam lalu", series=cast.perang, urgency=2, publish_at=now - hours * HOUR)


def marked(page):
    return page.locator(".timeline li:has(.new) h3").all_inner_texts()


def test_what_came_since_the_last_visit_is_marked(visit):
    page = visit(TIMELINE, 375)
    expect(page.locator(".visits")).to_be_empty()
    page.evaluate(VISITED, 3)
    page.reload()
    expect(page.locator(".visits")).to_have_text("2 baru sejak kunjungan terakhir Anda")
    assert marked(page) == ["Kabar 1 jam lalu", "Kabar 2 jam lalu"]
    assert page.evaluate(SHIFTS) == []
    page.reload()
    expect(page.locator(".visits")).to_have_text("2 baru sejak kunjungan terakhir Anda")  # the same visit


def test_below_a_story_other_key_events_are_marked(visit):
    page = visit(TIMELINE, 375)
    page.evaluate(VISITED, 3)
    page.get_by_role("link", name="Kabar 1 jam lalu").last.click()
    page.wait_for_url("**/kabar-1-jam-lalu/")
    expect(page.locator(".so-far .visits")).to_have_text("1 baru sejak kunjungan terakhir Anda")
    assert page.locator(".key-events li:has(.new)").all_inner_texts()[0].endswith("Kabar 2 jam lalu")


def test_what_the_browser_keeps_may_be_anything(visit):
    page = visit(TIMELINE, 375)
    for kept in ("", "{", "null", "[]", '["a", {}]', "7"):
        page.evaluate(VISITED.replace("JSON.stringify([0, Date.now() - hours * 3600000])", "hours"), kept)
        page.reload()
        expect(page.locator(".timeline li")).to_have_count(3)
        expect(page.locator(".visits")).to_be_empty()


def test_nothing_is_sent_and_no_cookie_is_set(visit):
    page = visit(TIMELINE, 375)
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
    page.evaluate(VISITED, 3)
    page.reload()
    expect(page.locator(".visits")).not_to_be_empty()
    origin = page.url.removesuffix(TIMELINE)
    assert {method for method, _url, _data in asked} == {"GET"}
    assert [url for _method, url, _data in asked if not url.startswith(origin) or "?" in url] == []
    assert page.context.cookies() == []
