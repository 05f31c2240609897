"""An outsider opens a link, reads by a press, and agrees; the secret is sent to nobody before it."""

import os
import pathlib

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import expect

from articles import publishing
from articles.models import Note
from articles.notes import links

from ...newsroom import assert_fits, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.wide]


@pytest.fixture
def secret(newsroom, visit):
    visit.awaited = ["Applying inline style", "404"]  # axe; a link that has ended
    edo = newsroom.somebody("editor", name="edo")
    story = newsroom.draft("Banjir di Tapa", body="<p>Air naik di Tapa.</p>")
    publishing.record(story, edo, timezone.now())
    return links.make(story, edo, timezone.now(), "Pak Yusuf", "day")[1]


def look(page, name):
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def assert_accessible(page):
    assert_fits(page)
    page.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
    found = list(axe_faults(page))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (375, "dark"), (1440, "light"), (1440, "dark")])
def test_it_is_opened_by_a_press_and_answered(secret, visit, width, scheme):
    asked = []
    page = visit("/preview/", width, color_scheme=scheme)
    page.on("request", lambda request: asked.append(request))
    page.goto(f"{page.url}#{secret}")
    page.reload()
    button = page.get_by_role("button", name="Buka naskah")
    expect(button).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    assert_accessible(page)
    look(page, f"preview-closed-{width}-{scheme}")
    button.click()
    expect(page.get_by_role("heading", name="Banjir di Tapa")).to_be_visible()
    page.wait_for_load_state()
    lead = page.locator(".photo-lead img")
    assert lead.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0
    assert_accessible(page)
    look(page, f"preview-open-{width}-{scheme}")
    page.get_by_label("Nama Anda").fill("Yusuf")
    page.get_by_label("Saya setuju dengan naskah ini").check()
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Redaksi sudah menerimanya")).to_be_visible()
    assert Note.objects.get().agrees
    told = [f"{request.url} {request.headers.get('referer', '')}" for request in asked]
    assert told
    assert not [one for one in told if secret.partition(".")[0] in one]


def test_without_scripts_the_code_is_typed(secret, visit):
    page = visit("/preview/", 375, java_script_enabled=False)
    page.get_by_label("Kode").fill(secret)
    page.get_by_role("button", name="Buka naskah").click()
    expect(page.get_by_role("heading", name="Banjir di Tapa")).to_be_visible()


def test_a_link_that_leads_to_nothing_says_so(secret, visit):
    page = visit(f"/preview/#{secret}x", 375)
    page.get_by_role("button", name="Buka naskah").click()
    expect(page.get_by_role("alert")).to_contain_text("tidak membuka apa-apa")
