"""The first screen of a list on a desk shows six stories or more, whatever the list's face."""

import datetime

import pytest

from articles.models import ReadCount, Section
from articles.models.person import Position

from ...newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.browser, pytest.mark.wide]

SEEN = """() => [...document.querySelectorAll(".listing .card-headline a")]
  .filter(link => link.getBoundingClientRect().bottom <= innerHeight).length"""
HOUR = datetime.timedelta(hours=1)
LISTS = [
    "/latest/",
    "/section/internasional/",
    "/tag/rusia/",
    "/people/nina-yuniar/",
    "/popular/",
    "/archive/2023/10/",
    "/archive/2023/10/19/",
]


@pytest.fixture
def newsroom(cast):
    Section.objects.filter(pk=cast.dunia.pk).update(description="Kabar dari luar negeri, dari Kyiv sampai New York.")
    Section.objects.create(edition=cast.gorontalo, parent=cast.dunia, name="Eropa", slug="eropa")
    cast.nina.portrait, cast.nina.bio = make_photo(colour="#112233"), "Meliput perang dan damai sejak 2015. " * 3
    cast.nina.save()
    Position.objects.create(edition=cast.gorontalo, person=cast.nina, title="Reporter")
    now = datetime.datetime.now(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    for number in range(14):
        story = cast.story(
            f"Kapal gandum ke-{number} meninggalkan pelabuhan Odesa menuju Laut Tengah",
            slug=f"kapal-{number}", publish_at=PUBLISHED - number * HOUR, tags=[cast.rusia], lead_photo=cast.lilin,
            standfirst="Kata demi kata. " * 10,
        )  # fmt: skip
        ReadCount.objects.create(story=story, hour=now, reads=100 - number)
    return cast


def test_its_first_screen_holds_six_stories(visit):
    page = visit("/", 1440)
    page.set_viewport_size({"width": 1440, "height": 900})
    seen, start = {}, page.url.rstrip("/")
    for address in LISTS:
        page.goto(start + address)
        seen[address] = page.evaluate(SEEN)
    assert {address: number for address, number in seen.items() if number < 6} == {}


def test_the_calendar_is_as_wide_as_the_narrowest_phone_and_its_days_are_large_enough(visit):
    page = visit("/archive/2023/10/", 320)
    boxes = page.evaluate("[...document.querySelectorAll('.calendar td a')].map(day => day.getBoundingClientRect())")
    assert boxes
    assert all(box["width"] >= 24 and box["height"] >= 40 and box["right"] <= 320 for box in boxes)
