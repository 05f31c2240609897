"""In a browser, in Indonesian, on a telephone: being invited, adding an app or a passkey, coming in by them, by a
recovery code, and ending all sessions."""

import os
import pathlib
import urllib.parse

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.base import AXE_FILE_PATH

from articles.models import DeskSession

from ...newsroom import PASSWORD, assert_fits, axe_faults, sign_in
from .factors import add_app, code

pytestmark = [pytest.mark.wide, pytest.mark.browser]
PHONE = 375
SANDI = "sepeda kuning di teluk"


@pytest.fixture
def desk_host(settings):
    """The desk and its passkeys are at localhost, as in the demo."""
    settings.DESK_HOST = "localhost"


@pytest.fixture
def passkeys():
    """Gives a page a virtual authenticator that says yes."""

    def passkeys(page):
        client = page.context.new_cdp_session(page)
        client.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        return client.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    return passkeys


def looked_at(page, name):
    """The page has no fault of axe and fits; `SHOTS` keeps a picture of it."""
    assert_fits(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)
    page.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
    assert list(axe_faults(page)) == [], name


def opened(visit, path, **manners):
    return visit(path, PHONE, **manners)


def to(page, path):
    page.goto(page.url.split("/admin/")[0] + path)
    return page


def secret_of(page):
    return page.locator("code").inner_text()


def test_an_invited_newcomer_is_at_the_desk_in_a_minute(visit, newsroom):
    chief = opened(visit, "/admin/access/")
    sign_in(chief, "editor")
    chief.fill("#id_name", "Meylan Abdjul")
    chief.select_option("#id_role", "editor")
    looked_at(chief, "access")
    chief.click("text=Buat tautan")
    link = chief.locator(".link-made input").input_value()
    looked_at(chief, "access-made")
    newcomer = opened(visit, "/admin/join/#" + link.partition("#")[2])
    newcomer.locator("#id_username").wait_for()
    assert "#" not in newcomer.url
    looked_at(newcomer, "joining")
    newcomer.fill("#id_username", "meylan")
    newcomer.fill("#id_password1", SANDI)
    newcomer.fill("#id_password2", SANDI)
    newcomer.click("[type=submit]")
    newcomer.wait_for_url("**/admin/factors/")
    looked_at(newcomer, "factors")
    newcomer.click("text=Tambah aplikasi autentikator")
    looked_at(newcomer, "app")
    newcomer.fill("#id_code", code(secret_of(newcomer)))
    newcomer.click("#content-main [type=submit]")
    newcomer.wait_for_url("**/admin/factors/codes/")
    assert newcomer.locator(".account-codes li").count() == 10
    looked_at(newcomer, "codes")
    newcomer.click("text=Ke meja redaksi")
    newcomer.wait_for_url("**/admin/")


def test_the_app_and_a_recovery_code_open_the_desk(visit, newsroom):
    secret = add_app(newsroom.somebody("reporter", name="nina"))
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[0]
    for typed in (code(secret), recovery):
        page = opened(visit, "/admin/articles/story/")
        sign_in(page, "nina")
        page.wait_for_url("**/admin/second-step/")
        looked_at(page, "second")
        page.fill("#id_code", typed)
        page.click(".code-form [type=submit]")
        page.wait_for_url("**/admin/articles/story/")


@pytest.mark.usefixtures("desk_host")
def test_a_passkey_is_added_and_opens_the_desk_and_the_rights(visit, newsroom, passkeys):
    page = opened(visit, "/admin/factors/passkey/")
    page.wait_for_url("http://localhost:*/**")
    sign_in(page, "editor")
    passkeys(page)
    looked_at(page, "passkey")
    page.fill("#id_name", "Ponsel Nina")
    page.click(".passkey [type=submit]")
    page.wait_for_url("**/admin/factors/codes/")
    looked_at(to(page, "/admin/factors/"), "factors-with-passkey")
    page.context.clear_cookies()
    sign_in(to(page, "/admin/login/"), "editor")
    page.wait_for_url("**/admin/second-step/")
    looked_at(page, "second-with-passkey")
    page.click(".passkey [type=submit]")
    page.wait_for_url("**/admin/")
    assert page.locator(".top-bar").is_visible()


@pytest.mark.usefixtures("desk_host")
def test_without_the_passkey_nobody_comes_in_and_the_page_says_so(visit, newsroom, passkeys):
    page = opened(visit, "/admin/factors/passkey/")
    sign_in(page, "editor")
    authenticator = passkeys(page)
    page.click(".passkey [type=submit]")
    page.wait_for_url("**/admin/factors/codes/")
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    other = opened(visit, "/admin/")
    sign_in(other, "editor")
    passkeys(other)
    assert not other.locator(".passkey [role=alert]").is_visible()
    other.click(".passkey [type=submit]")
    other.locator(".passkey [role=alert]").wait_for()
    assert authenticator
    assert "second-step" in other.url


@pytest.mark.usefixtures("desk_host")
def test_what_a_passkey_answered_opens_nothing_again(visit, newsroom, passkeys):
    page = opened(visit, "/admin/factors/passkey/")
    page.wait_for_url("http://localhost:*/**")
    sign_in(page, "editor")
    passkeys(page)
    page.click(".passkey [type=submit]")
    page.wait_for_url("**/admin/factors/codes/")
    page.context.clear_cookies()
    sign_in(to(page, "/admin/login/"), "editor")
    page.wait_for_url("**/admin/second-step/")
    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        page.click(".passkey [type=submit]")
    page.wait_for_url("**/admin/")
    answer = urllib.parse.parse_qs(sent.value.post_data)["credential"][0]
    thief = opened(visit, "/admin/login/")
    sign_in(thief, "editor")
    thief.wait_for_url("**/admin/second-step/")
    with thief.expect_navigation():
        thief.evaluate(
            "answer => { const form = document.querySelector('.passkey'); form.elements.credential.value = answer;"
            " HTMLFormElement.prototype.submit.call(form); }",
            answer,
        )
    assert "second-step" in thief.url
    assert thief.locator("[role=alert]:visible").count() == 1


def test_all_other_sessions_are_ended(visit, newsroom):
    pages = [opened(visit, "/admin/sessions/") for _ in range(2)]
    for page in pages:
        sign_in(page, "editor")
    pages[0].reload()
    looked_at(pages[0], "sessions")
    pages[0].click("text=Akhiri semua yang lain")
    pages[0].locator(".messagelist").wait_for()
    assert DeskSession.objects.filter(user__username="editor").count() == 1
    pages[1].reload()
    pages[1].wait_for_url("**/admin/login/**")


def test_being_asked_again_looks_like_the_desk(visit, newsroom, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page = opened(visit, "/admin/articles/membership/add/", color_scheme="dark")
    sign_in(page, "editor")
    page.wait_for_url("**/admin/again/**")
    looked_at(page, "again")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
    page.fill("#id_password", PASSWORD)
    page.click("#content-main [type=submit]")
    page.wait_for_url("**/membership/add/")
