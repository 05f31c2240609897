"""What a page asks for: few answers, all from this host, and no cookie."""

import datetime
from urllib.parse import urljoin

import pytest

from ...newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.browser, pytest.mark.wide]

MOST = 7  # page, style, face, lead photo, logo, script, rule of the next page
SCRIPT = 10_000  # bytes


@pytest.fixture
def newsroom(cast):
    """A story with all that a page may have: two pages, a photo, a series with earlier ones, a portrait, a logo."""
    logo, portrait = make_photo(colour="#aa1122"), make_photo(colour="#112233")
    cast.gorontalo.logo = logo
    cast.gorontalo.save()
    cast.nina.portrait = portrait
    cast.nina.save()
    shared, seen = {"series": cast.perang, "tags": [cast.rusia]}, make_photo(colour="#33aa44")
    for age in range(1, 26):
        at = PUBLISHED - age * datetime.timedelta(hours=1)
        cast.story(f"Kabar {age}", publish_at=at, lead_photo=seen, **shared)
    words = "<p>" + "Kapal gandum kembali melintas dan pelabuhan tetap waspada. " * 12 + "</p>"
    cast.one = cast.story(
        "Kapal gandum",
        body=f"{words * 4}<hr>{words * 3}",
        lead_photo=make_photo(),
        key_event="Kapal berlayar",
        **shared,
    )
    return cast


@pytest.fixture
def asked(visit, newsroom):
    """The requests of a page, with their types and the bytes of their bodies."""

    def asked(address, width=360):
        page, requests = visit("/healthz", width), []
        page.on("requestfinished", lambda request: requests.append(request))
        page.goto(urljoin(page.url, address))
        page.wait_for_load_state("networkidle")
        assert page.context.cookies() == []
        return requests, page

    return asked


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_story_asks_for_seven_answers_at_most_and_all_of_this_host(asked, newsroom, width):
    requests, page = asked(newsroom.one.get_absolute_url(), width)
    assert len(requests) <= MOST, "\n".join(request.url for request in requests)
    assert {request.url.split("/")[2] for request in requests} == {page.url.split("/")[2]}
    [script] = [request for request in requests if request.resource_type == "script"]
    assert len(script.response().body()) <= SCRIPT
    assert len([request for request in requests if request.resource_type == "stylesheet"]) == 1


def test_pictures_of_what_is_recommended_come_when_a_reader_nears_them(asked, newsroom):
    _requests, page = asked(newsroom.one.get_absolute_url())
    pictures = page.locator(".rail-photo img")
    assert pictures.count() == 0
    page.locator(".rail-recommended").scroll_into_view_if_needed()
    pictures.first.wait_for()
    page.wait_for_load_state("networkidle")
    assert pictures.first.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0


def test_without_scripts_they_are_there(visit, newsroom):
    page = visit(newsroom.one.get_absolute_url(), 360, java_script_enabled=False)
    assert page.locator(".rail-photo img").count() > 5
