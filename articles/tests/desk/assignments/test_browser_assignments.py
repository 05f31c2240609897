"""Assignments in a browser: planned, begun by a key, dragged to another hour, refused with the reason in sight."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Assignee, Assignment, Story

from ...newsroom import WITA, pick

pytestmark = [pytest.mark.browser, pytest.mark.wide]

AGENDA = "/admin/articles/story/agenda/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def noon():
    """Of tomorrow."""
    return timezone.localtime(timezone.now() + DAY, WITA).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def reporter(newsroom):
    newsroom.nina.user = newsroom.somebody("reporter", name="nina")
    newsroom.nina.save()
    return newsroom.nina.user


def given(newsroom, reporter, due_at, **changes):
    fields = {"section": newsroom.dunia, "headline": "Banjir di Limboto", "created_at": timezone.now(), **changes}
    assignment = Assignment.objects.create(due_at=due_at, **fields)
    Assignee.objects.create(assignment=assignment, user=reporter)
    return assignment


def test_a_chief_plans_and_the_reporter_begins_it_by_a_key(newsroom, reporter, at_desk, noon):
    desk = at_desk("/admin/articles/assignment/add/")
    desk.fill("#id_headline", "Rapat anggaran")
    pick(desk, "section", "Internasional")
    desk.fill("#id_due_at_0", f"{noon:%d-%m-%Y}")
    desk.fill("#id_due_at_1", "12.00")
    desk.get_by_label("Nina Yuniar").check()
    desk.fill("#id_brief", "Hadir sejak pagi.")
    desk.click("[name=_save]")
    expect(desk.locator("#result_list")).to_contain_text("Rapat anggaran")
    home = at_desk("/admin/", "nina", width=375)
    button = home.get_by_role("button", name="Mulai menulis: Rapat anggaran")
    button.focus()
    home.keyboard.press("Enter")
    home.wait_for_url("**/change/**")
    expect(home.locator("#id_headline")).to_have_value("Rapat anggaran")
    expect(home.locator("#notes")).to_contain_text("Hadir sejak pagi.")
    assert Story.objects.filter(headline="Rapat anggaran").count() == 1


def test_a_row_is_dragged_to_another_hour_and_moves(newsroom, reporter, at_desk, noon):
    assignment = given(newsroom, reporter, noon)
    desk = at_desk(f"{AGENDA}?view=day&day={noon:%Y-%m-%d}", width=1440)
    row, place = desk.locator("[data-mover]"), desk.locator('[data-hour="15"]')
    place.scroll_into_view_if_needed()
    with desk.expect_navigation():
        row.drag_to(place)
    expect(place).to_contain_text("Banjir di Limboto")
    assignment.refresh_from_db()
    assert assignment.due_at == noon.replace(hour=15)


def test_a_drop_that_is_refused_tells_why_and_the_row_stays(visit, newsroom, reporter, at_desk, noon):
    visit.awaited = ("422",)
    story = newsroom.draft("Naskah besok")
    Story.objects.filter(pk=story.pk).update(publish_at=noon, expires_at=noon + datetime.timedelta(hours=1))
    desk = at_desk(f"{AGENDA}?view=day&day={noon:%Y-%m-%d}", width=1440)
    place = desk.locator('[data-hour="15"]')
    place.scroll_into_view_if_needed()
    desk.locator("[data-mover]").drag_to(place)
    expect(desk.get_by_role("alert")).to_contain_text("kedaluwarsa")
    expect(desk.locator('[data-hour="12"]')).to_contain_text("Naskah besok")
    assert Story.objects.get(pk=story.pk).publish_at == noon


def test_the_budget_prints_on_one_page(newsroom, reporter, at_desk, noon):
    for number in range(15):
        given(newsroom, reporter, noon, headline=f"Rapat {number}")
    desk = at_desk(f"/admin/articles/assignment/budget/?day={noon:%Y-%m-%d}")
    assert desk.pdf(format="A4").count(b"/Type /Page\n") == 1
