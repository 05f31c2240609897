"""The server's processes are killed while somebody saves: what was typed is offered to them, to the last letter."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from ...newsroom import sign_in
from ...servers import Desk, Server

pytestmark = [pytest.mark.service, pytest.mark.django_db]

TEXT = ".ProseMirror[role=textbox]"
FIRST, THEN = "Setiap huruf dari kalimat ini", " dan setiap huruf sesudahnya."
SLOW = 20_000  # milliseconds a step, so that a step which hangs says which


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Server(tmp_path_factory.mktemp("killed")) as server:
        Desk(server)
        yield server


@pytest.fixture
def page(server, chromium):
    context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.site = f"http://localhost:{server.port}"
    page.goto(f"{page.site}/admin/articles/story/add/")
    sign_in(page, "meja")
    page.locator(TEXT).wait_for()
    yield page
    context.close()
    if server.process.poll() is not None:  # the test ended before it was started again
        server.start()


def write(page, words):
    page.click(TEXT)
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def returned(page, headline):
    """On the desk's first page, in another tab: the form that goes on with what was not saved."""
    tab = page.context.new_page()
    tab.goto(f"{page.site}/admin/")
    unsaved = tab.locator("[data-block=unsaved] li", has_text=headline)
    expect(unsaved.first).to_be_visible(timeout=SLOW)
    unsaved.first.get_by_role("button", name=re.compile("Lanjutkan")).click()
    expect(tab.locator("#id_headline")).to_have_value(headline, timeout=SLOW)
    expect(tab.locator(TEXT)).to_contain_text(FIRST + THEN, timeout=SLOW)
    return tab


def test_killed_between_working_copy_and_save(page, server):
    page.fill("#id_headline", "Server mati saat menyimpan")
    write(page, FIRST)
    write(page, THEN)
    sent = []

    def killing(route):
        if route.request.method == "POST" and not sent:
            sent.append(route.request.post_data)
            server.kill()  # the working copy is stored; the save reaches nobody
        route.continue_()

    page.route("**/admin/articles/story/add/", killing)
    page.click("[name=_continue]")
    page.wait_for_function("() => location.protocol === 'chrome-error:'", timeout=SLOW)
    assert FIRST + THEN in urllib.parse.parse_qs(sent[0])["body"][0]
    page.close(run_before_unload=False)
    server.start()
    returned(page, "Server mati saat menyimpan")


def test_killed_while_somebody_types_the_form_stays_and_says_so(page, server):
    page.fill("#id_headline", "Server mati saat mengetik")
    write(page, FIRST)
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan", timeout=SLOW)
    server.kill()
    write(page, THEN)
    expect(page.locator(".copy-trouble")).to_contain_text("tersimpan di peramban ini", timeout=SLOW)
    page.click("[name=_continue]")
    expect(page.locator(".copy-trouble")).to_contain_text("Belum disimpan", timeout=SLOW)
    page.close(run_before_unload=False)
    server.start()
    returned(page, "Server mati saat mengetik")
