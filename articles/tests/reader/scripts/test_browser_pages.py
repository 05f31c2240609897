"""Turning the pages of a text: by keys, with the next one fetched ahead, and from the place where a reader stopped."""

import json
import mimetypes
import queue
from urllib.parse import urljoin

import pytest
from django.conf import settings
from playwright.sync_api import expect

from articles.views import story

from ...newsroom import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.wide]

KIND = "application/speculationrules+json"
PAGE = "<p>" + "</p><p>".join(f"Paragraf {number}. {'Kata demi kata. ' * 40}" for number in range(12)) + "</p>"


@pytest.fixture
def newsroom(cast, monkeypatch):
    monkeypatch.setitem(mimetypes._db.types_map[1] if mimetypes._db else mimetypes.types_map, ".speculationrules", KIND)
    cast.long = cast.story("Satu dasawarsa hiu paus", body="<hr>".join([PAGE] * 3))
    cast.story("Kabar pendek")
    return cast


def path(newsroom):
    return newsroom.long.get_absolute_url()


def test_arrow_keys_turn_pages_and_end_at_the_last(visit, newsroom):
    page = visit(path(newsroom), 1280)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**?page=2")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**?page=3")
    page.keyboard.press("ArrowRight")  # there is no further page
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**?page=2")


def test_numbers_lead_to_each_page(visit, newsroom):
    page = visit(path(newsroom), 320)
    page.locator(".pager").get_by_role("link", name="3", exact=True).click()
    page.wait_for_url("**?page=3")
    expect(page.locator(".pager [aria-current=page]")).to_have_text("3")
    assert_fits(page)


def test_the_next_page_is_fetched_while_a_reader_reaches_for_it(visit, newsroom, monkeypatch):
    ahead, find = queue.Queue(), story.find

    def noted(request, *address):
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            ahead.put(request.get_full_path())
        return find(request, *address)

    monkeypatch.setattr(story, "find", noted)
    page = visit(path(newsroom), 1280)
    page.get_by_role("link", name="Halaman berikutnya").hover()
    assert ahead.get(timeout=30) == f"{path(newsroom)}?page=2"


def test_the_rule_names_the_next_page_and_the_last_page_has_none(visit, newsroom):
    page = visit(path(newsroom), 1280)
    first, last = page.request.get(page.url), page.request.get(f"{page.url}?page=3")
    rules = page.request.get(urljoin(page.url, first.headers["speculation-rules"].strip('"')))
    [rule] = json.loads(rules.text())["prefetch"]
    assert page.locator(rule["where"]["selector_matches"]).all_inner_texts() == ["Halaman berikutnya"]
    assert (rules.headers["content-type"], settings.WHITENOISE_MIMETYPES[".speculationrules"]) == (KIND, KIND)
    assert "speculation-rules" not in last.headers


def test_the_place_where_a_reader_stopped_is_offered_and_nothing_is_sent(visit, newsroom):
    page = visit(f"{path(newsroom)}?page=2", 375)
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
    page.locator(".body p").nth(6).evaluate("node => node.scrollIntoView()")
    page.goto(page.url.partition("/2023")[0] + "/latest/")
    page.locator(".listing").get_by_role("link", name="Satu dasawarsa").click()
    offer = page.get_by_role("link", name="Lanjutkan dari tempat terakhir")
    expect(offer).to_be_visible()
    assert_fits(page)
    offer.click()
    page.wait_for_url("**?page=2")
    expect(page.locator(".body p").nth(6)).to_be_in_viewport()
    expect(page.locator(".body p").first).not_to_be_in_viewport()
    expect(offer).to_be_hidden()
    assert {(method, data) for method, _url, data in asked} == {("GET", None)}
    assert {url.partition("?")[2] for _method, url, _data in asked} <= {"", "page=2#place", "page=2"}


@pytest.mark.parametrize(
    "kept", ["", "{", "null", "[]", "7", '{"%s": null}', '{"%s": ["?page=99", 3, 9e15]}', '{"%s": [1]}']
)
def test_what_the_browser_keeps_may_be_anything(visit, newsroom, kept):
    page = visit("/latest/", 375)
    page.evaluate("kept => localStorage.setItem('places', kept)", kept.replace("%s", path(newsroom)))
    page.locator(".listing").get_by_role("link", name="Satu dasawarsa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Satu dasawarsa hiu paus")
    expect(page.get_by_role("link", name="Lanjutkan dari tempat terakhir")).to_be_hidden()
