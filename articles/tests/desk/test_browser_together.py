"""A day of several people in browsers: planned, assigned, written, returned with a note on a passage, mended, agreed to
by somebody outside, published. Everybody was told of what concerns them, while no worker ran."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import MailChoice, Note, Notice, QueuedTask, Story
from articles.publishing.told import mail as mailing
from articles.tasks.worker import Worker

from ..newsroom import WITA, add_chip, choose_lead_photo, pick
from .notes.test_browser_notes import write_on

pytestmark = [pytest.mark.browser, pytest.mark.wide]

SOON = 15_000  # milliseconds within which a page tells without being loaded again
HEADLINE = "Banjir di Tapa"
SAID = ["assigned", "submitted", "noted", "returned", "approved"]


@pytest.fixture
def people(cast, settings):
    settings.MAIL_IS_ON, settings.MAIL_FROM = True, "meja@example.com"
    people = {name: cast.somebody(role, name=name) for name, role in (("rina", "reporter"), ("citra", "chief"))}
    for user in people.values():
        user.email = f"{user.username}@example.com"
        user.save()
        for kind in SAID:
            MailChoice.objects.create(user=user, kind=kind, mail="at_once")
    return people


@pytest.fixture
def newsroom(cast, people):
    return cast


def test_a_day_together(visit, at_desk, people):
    visit.awaited = ("/copies/keep/", "404")  # typed just before it was handed over; a link that has ended
    rina = at_desk("/admin/", "rina")
    plan(at_desk("/admin/articles/assignment/add/", "citra", width=1440))
    begin(rina)
    write(rina)
    citra = at_desk("/admin/", "citra", width=1440)
    expect(citra.locator("[data-told]")).to_have_attribute("data-told", "1")
    return_with_note(citra)
    mend(rina)
    address = make_link(citra)
    agree(visit, address)
    expect(citra.locator("[data-told]")).not_to_have_attribute("data-told", "0", timeout=SOON)
    publish(citra)
    ended(visit, address)
    everybody_was_told()


def plan(citra):
    pick(citra, "section", "Internasional")
    citra.fill("[name=headline]", HEADLINE)
    due = timezone.now().astimezone(WITA) + datetime.timedelta(hours=3)
    citra.fill("[name=due_at_0]", f"{due:%d-%m-%Y}")
    citra.fill("[name=due_at_1]", f"{due:%H.%M}")
    citra.get_by_role("checkbox", name="rina").check()
    with citra.expect_navigation():
        citra.click("[name=_save]")
    citra.close()


def begin(rina):
    """The page that was open all the time tells of it."""
    expect(rina.locator(".told-count")).to_have_text("1", timeout=SOON)
    expect(rina.locator("[data-block=told]")).to_contain_text("citra menugaskannya kepada Anda", timeout=SOON)
    rina.locator("[data-block=told]").get_by_role("link", name=HEADLINE).click()
    with rina.expect_navigation(url="**/story/**/change/"):
        rina.get_by_role("button", name="Mulai menulis").first.click()


def write(rina):
    expect(rina.locator("#id_headline")).to_have_value(HEADLINE)
    rina.fill("#id_standfirst", "Air naik pagi ini.")
    rina.click(".ProseMirror[role=textbox]")
    rina.keyboard.type("Air naik di Tapa. Warga mengungsi ke sekolah.")
    choose_lead_photo(rina, "Lilin di alun-alun")
    if not rina.locator("#credits-group .chip-item", has_text="Nina Yuniar").count():
        add_chip(rina, "credits", "Nina Yuniar")
    add_chip(rina, "credits", "Ananda Putri Octaviani")
    with rina.expect_navigation():
        rina.click("[name=_submit]")
    expect(rina.locator(".moves .chip")).to_have_text("diserahkan")


def return_with_note(citra):
    citra.locator("[data-block=told]").get_by_role("link", name=HEADLINE).click()
    citra.wait_for_selector(".desk-tools")
    write_on(citra, "Warga mengungsi", "Berapa orang, @rina?")
    citra.get_by_role("button", name="Kembalikan …").click()
    citra.fill("#id_return-note", "Lihat catatan.")
    with citra.expect_navigation():
        citra.click("[name=_move_return]")
    expect(citra.locator(".moves .chip")).to_have_text("dikembalikan")


def mend(rina):
    rina.goto(rina.url.split("/admin/")[0] + "/admin/told/")
    expect(rina.locator(".told-rows")).to_contain_text("citra mengembalikannya")
    rina.get_by_role("link", name=HEADLINE).first.click()
    expect(rina.locator(".desk-noted")).to_have_text("Warga mengungsi")
    rina.click(".ProseMirror[role=textbox] p >> nth=0")
    rina.keyboard.press("End")
    rina.keyboard.type(" Jumlahnya dua ratus orang.")
    rina.locator(".talk-answer summary").click()
    rina.locator(".talk-answer textarea").fill("Dua ratus.")
    rina.get_by_role("button", name="Kirim jawaban").click()
    expect(rina.locator(".talk-answers")).to_contain_text("Dua ratus.")
    with rina.expect_navigation():
        rina.click("[name=_submit]")
    expect(rina.locator(".moves .chip")).to_have_text("diserahkan")
    rina.close()


def make_link(citra):
    citra.reload()
    with citra.expect_popup() as opened:
        citra.get_by_role("link", name="Tautan untuk orang luar redaksi").click()
    page = opened.value
    page.get_by_label("Untuk siapa").fill("Pak Yusuf")
    page.get_by_role("button", name="Buat tautan").click()
    address = page.get_by_label("Tautan", exact=True).input_value()
    page.close()
    return re.sub(r"^https?://[^/]+", "", address)


def agree(visit, address):
    page = visit(address, 375)
    page.get_by_role("button", name="Buka naskah").click()
    expect(page.locator(".body")).to_contain_text("dua ratus orang")
    page.get_by_label("Nama Anda").fill("Yusuf")
    page.get_by_label("Saya setuju dengan naskah ini").check()
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Redaksi sudah menerimanya")).to_be_visible()
    page.close()


def publish(citra):
    citra.reload()
    expect(citra.locator("#talk")).to_contain_text("Yusuf")
    for name in ("_approve", "_release"):
        with citra.expect_navigation():
            citra.click(f".bar [name={name}]")
    assert Story.objects.get(headline=HEADLINE).state == "released"
    citra.close()


def ended(visit, address):
    page = visit(address, 375)
    page.get_by_role("button", name="Buka naskah").click()
    expect(page.get_by_role("alert")).to_contain_text("tidak membuka apa-apa")
    page.close()


def everybody_was_told():
    """One row for each, none of one's own act, and one mail for each that nobody had seen when the worker came."""
    rows = list(Notice.objects.order_by("pk").values_list("to__username", "kind", "by__username"))
    for expected in (
        ("rina", "assigned", "citra"),
        ("citra", "submitted", "rina"),
        ("rina", "mentioned", "citra"),
        ("rina", "returned", "citra"),
        ("citra", "noted", "rina"),
        ("citra", "noted", None),
        ("rina", "approved", "citra"),
    ):
        assert expected in rows, (expected, rows)
    assert not [row for row in rows if row[0] == row[2]]
    assert not Note.objects.filter(outsider="Yusuf", agrees=False).exists()
    assert mail.outbox == []
    waited = QueuedTask.objects.filter(ended_at=None).count()
    assert waited == Notice.objects.filter(mail="at_once").count()
    unseen = Notice.objects.filter(mail="at_once", seen_at=None).count()
    assert unseen
    assert Worker().run_all() == waited
    assert len(mail.outbox) == unseen
    mailing.enqueue_digests(timezone.now() + datetime.timedelta(days=2))
    Worker().run_all()
    assert not Notice.objects.filter(seen_at=None, mailed_at=None).exclude(mail="never").exists()
