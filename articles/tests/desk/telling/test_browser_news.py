"""The page of news, its count in the frame, and the choices of e-mail, in a browser."""

import os
import pathlib

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import expect

from articles import publishing

from ...newsroom import assert_fits, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.wide]


@pytest.fixture
def story(newsroom, visit, settings):
    visit.awaited = ["Applying inline style", "404"]  # by axe, which asks for parts of style sheets
    settings.MAIL_IS_ON, settings.MAIL_FROM = True, "meja@example.com"
    rina = newsroom.somebody("reporter", name="rina")
    for number in range(3):
        story = newsroom.draft(f"Banjir di Tapa hari ke-{number}")
        publishing.record(story, rina, timezone.now())
        publishing.submit(story, rina, timezone.now())
    return story


def look(page, name):
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (375, "dark"), (1440, "light"), (1440, "dark")])
def test_news_and_choices_are_accessible(story, at_desk, width, scheme):
    desk = at_desk("/admin/told/", width=width, color_scheme=scheme)
    desk.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
    expect(desk.locator(".told-count")).to_have_text("3")
    pages = ["/admin/told/", "/admin/", "/admin/preferences/", f"/admin/articles/story/{story.pk}/links/"]
    for number, page in enumerate(pages):
        desk.goto(desk.url.split("/admin/")[0] + page)
        desk.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
        look(desk, f"news-{number}-{width}-{scheme}")
        assert_fits(desk)
        found = list(axe_faults(desk))
        assert not found, "\n".join(found)


def test_what_is_chosen_stays_chosen(story, at_desk):
    desk = at_desk("/admin/preferences/")
    desk.get_by_label("Dikembalikan").select_option("at_once")
    desk.fill("[name=digest_hour]", "6")
    with desk.expect_navigation():
        desk.click("[type=submit].default")
    expect(desk.get_by_label("Dikembalikan")).to_have_value("at_once")
    expect(desk.locator("[name=digest_hour]")).to_have_value("6")
