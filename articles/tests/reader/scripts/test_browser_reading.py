"""A story is read when its page was in view for eight seconds; the paper is told of that alone."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.wide]

HIDDEN = """hidden => {
  Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PRIVATE = {
    "DNT": 'Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" })',
    "GPC": 'Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })',
}


@pytest.fixture
def newsroom(cast, settings):
    settings.COUNT_READS = True
    cast.one = cast.story("Kapal gandum kembali melintas", body="<p>Satu.</p><hr><p>Dua.</p>")
    return cast


@pytest.fixture
def opened(visit, newsroom):
    """The story's page, with a clock that stands, and what was posted from it."""

    def opened(script=""):
        page, posted = visit("/latest/", 375), []
        page.add_init_script(script)
        page.route("**/read/", lambda route: (posted.append(route.request), route.fulfill(status=204)))
        page.clock.install()
        page.locator(".listing").get_by_role("link", name="Kapal gandum").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kapal gandum kembali melintas")
        return page, posted

    return opened


def test_ten_seconds_are_one_read_and_it_says_only_which_story(opened, newsroom):
    page, posted = opened()
    page.clock.run_for(2_000)
    assert posted == []
    with page.expect_request("**/read/"):
        page.clock.run_for(8_000)
    page.clock.run_for(60_000)
    [read] = posted
    assert (read.method, read.post_data) == ("POST", str(newsroom.one.uid))
    assert {"cookie", "authorization"} & {*read.all_headers()} == set()
    assert page.context.cookies() == []


def test_a_page_that_is_left_after_two_seconds_is_none(opened):
    page, posted = opened()
    page.clock.run_for(2_000)
    page.get_by_role("link", name="Terkini").first.click()
    page.wait_for_url("**/latest/")
    page.clock.run_for(60_000)
    assert posted == []


def test_only_the_time_in_view_is_reading(opened):
    page, posted = opened()
    page.clock.run_for(5_000)
    page.evaluate(HIDDEN, True)
    page.clock.run_for(60_000)
    assert posted == []
    page.evaluate(HIDDEN, False)
    page.clock.run_for(2_000)
    assert posted == []
    with page.expect_request("**/read/"):
        page.clock.run_for(2_000)


@pytest.mark.parametrize("signal", PRIVATE)
def test_who_asks_not_to_be_tracked_sends_nothing(opened, signal):
    page, posted = opened(PRIVATE[signal])
    page.evaluate("document.addEventListener('read', () => document.body.dataset.read = '')")
    page.clock.run_for(60_000)
    expect(page.locator("body[data-read]")).to_have_count(1)
    assert posted == []
