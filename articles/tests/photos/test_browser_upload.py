"""A batch of photos in a browser: the network, a session or a form's token goes away midway, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from articles.models import DeskSession, Photo

from ..newsroom import LATER, assert_fits, sign_in
from ..uploads import SAID, UPLOAD, upload

pytestmark = pytest.mark.browser

COLOURS = ["#884422", "#228844", "#442288", "#228888"]
BAD = {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.4"}


def picture(number):
    file = upload(f"foto {number}.jpg", COLOURS[number], said=SAID if number else None)
    return {"name": file.name, "mimeType": "image/jpeg", "buffer": file.read()}


def rows(desk, name):
    return desk.locator(f"[data-list={name}] > ul > li")


def stored():
    return Photo.objects.filter(title__startswith="foto").count()


@pytest.fixture
def desk(visit, at_desk):
    """The page of the upload, whose clock stands: what waits a moment there goes on when the test says so."""
    visit.awaited = ("net::ERR_", "status of 403", "status of 503")
    desk = at_desk(UPLOAD)
    desk.locator("#files").wait_for()
    desk.wait_for_load_state()  # with its script
    desk.asked = []
    desk.on("dialog", lambda dialog: (desk.asked.append(dialog.type), dialog.accept()))
    desk.clock.install()
    desk.clock.pause_at(LATER)
    return desk


def send(desk, *files):
    desk.set_input_files("#files", list(files))
    desk.get_by_role("button", name="Unggah").click()


class Broken:
    """The network, while it is away: what is sent fails, or arrives and its answer is lost."""

    def __init__(self, desk, loses_answer=False):
        self.desk, self.loses_answer = desk, loses_answer

    def __enter__(self):
        self.desk.route(f"**{UPLOAD}", self.fail)
        return self

    def __exit__(self, *_why):
        self.desk.unroute_all(behavior="wait")

    def fail(self, route):
        if self.loses_answer and route.request.method == "POST":
            route.fetch()
        route.abort("internetdisconnected")


@pytest.mark.wide
def test_a_second_without_network_fails_nothing(desk):
    with Broken(desk):
        send(desk, *[picture(number) for number in range(4)], BAD)
        expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
        expect(desk.get_by_role("status")).to_contain_text("Jaringan terputus")
    desk.clock.run_for(1_000)
    expect(desk.get_by_role("status")).to_have_text("4 diterima, 1 ditolak")
    expect(rows(desk, "taken")).to_have_count(4)
    expect(rows(desk, "refused")).to_contain_text(["surat.jpg"])
    top = [desk.locator(f"[data-list={name}]").bounding_box()["y"] for name in ("refused", "taken")]
    assert top == sorted(top)
    assert stored() == 4


@pytest.mark.wide
def test_an_answer_that_was_lost_is_no_refusal(desk):
    with Broken(desk, loses_answer=True):
        send(desk, picture(1))
        expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
    desk.clock.run_for(1_000)
    expect(desk.get_by_role("status")).to_have_text("1 diterima, 0 ditolak")
    assert stored() == 1


@pytest.mark.wide
def test_what_stays_without_network_is_kept_with_a_button_and_leaving_asks(desk):
    with Broken(desk):
        send(desk, picture(1), picture(2))
        for seconds in (1, 2, 4, 8):
            expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
            desk.clock.run_for(seconds * 1_000)
        expect(rows(desk, "left")).to_have_count(2)
        expect(desk.get_by_role("status")).to_contain_text("2 belum terkirim")
    desk.get_by_role("button", name="Coba lagi: foto 1.jpg").press("Enter")
    expect(rows(desk, "taken")).to_have_count(1)
    expect(desk.get_by_role("status")).to_be_focused()
    desk.locator(".top-places a").first.click()
    desk.wait_for_url("**/admin/")
    assert desk.asked == ["beforeunload"]


@pytest.mark.wide
def test_it_goes_on_by_itself_when_the_browser_has_a_network_again(desk):
    with Broken(desk):
        send(desk, picture(1), picture(2))
        expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
    desk.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(desk, "taken")).to_have_count(2)
    desk.locator(".top-places a").first.click()
    desk.wait_for_url("**/admin/")
    assert desk.asked == []


@pytest.mark.wide
def test_a_desk_that_is_busy_is_asked_again(desk):
    desk.route(f"**{UPLOAD}", lambda route: route.fulfill(status=503, body="Sibuk"), times=1)
    send(desk, picture(1))
    expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
    desk.clock.run_for(1_000)
    expect(rows(desk, "taken")).to_have_count(1)


@pytest.mark.wide
def test_a_session_that_ends_midway_is_signed_in_again_in_another_window(desk):
    DeskSession.objects.all().delete()
    send(desk, picture(1), picture(2))
    expect(desk.get_by_role("status")).to_contain_text("Sesi Anda sudah berakhir")
    expect(rows(desk, "left")).to_have_count(2)
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Masuk di jendela lain").click()
    sign_in(opened.value, "editor")
    opened.value.wait_for_url("**/admin/")
    desk.get_by_role("button", name="Coba lagi semuanya").click()
    expect(desk.get_by_role("status")).to_have_text("2 diterima, 0 ditolak")
    assert stored() == 2


@pytest.mark.wide
def test_a_token_that_another_tab_has_changed_is_fetched_anew(desk):
    desk.evaluate("document.querySelector('[data-upload] [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    send(desk, picture(1))
    expect(desk.get_by_role("status")).to_have_text("1 diterima, 0 ditolak")


@pytest.mark.wide
def test_a_second_click_and_the_same_file_twice_change_nothing(desk):
    desk.set_input_files("#files", [picture(1), picture(1)])
    desk.get_by_role("button", name="Unggah").dblclick()
    expect(desk.get_by_role("status")).to_have_text("1 diterima, 1 ditolak")
    expect(rows(desk, "refused")).to_contain_text(["sudah ada"])
    desk.get_by_role("button", name="Unggah").click()
    expect(desk.get_by_role("alert")).to_have_text("Pilih sedikitnya satu gambar.")
    assert stored() == 1


@pytest.mark.wide
def test_leaving_while_a_batch_is_under_way_asks(desk):
    with Broken(desk):
        send(desk, picture(1))
        expect(rows(desk, "waiting").first).to_contain_text("dicoba lagi")
    desk.locator(".top-places a").first.click()
    desk.wait_for_url("**/admin/")
    assert desk.asked == ["beforeunload"]


def drop(desk, *paths):
    """As from a window of files, anywhere on the page."""
    there = {"x": 640, "y": 40, "data": {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}}
    chromium = desk.context.new_cdp_session(desk)
    for step in ("dragEnter", "dragOver", "drop"):
        chromium.send("Input.dispatchDragEvent", {"type": step, **there})


@pytest.mark.wide
def test_a_folder_that_is_dropped_is_told_and_the_files_beside_it_are_taken(desk, tmp_path):
    (tmp_path / "Liputan").mkdir()
    (tmp_path / "foto 1.jpg").write_bytes(picture(1)["buffer"])
    drop(desk, tmp_path / "Liputan", tmp_path / "foto 1.jpg")
    expect(desk.get_by_role("status")).to_have_text("1 diterima, 1 ditolak")
    expect(rows(desk, "refused")).to_contain_text(["Liputan"])
    expect(rows(desk, "refused")).to_contain_text(["folder"])


@pytest.mark.wide
def test_a_file_that_was_taken_away_meanwhile_is_told_and_fails_no_other(desk, tmp_path):
    paths = [tmp_path / f"foto {number}.jpg" for number in (1, 2)]
    for number, path in enumerate(paths):
        path.write_bytes(picture(number)["buffer"])
    desk.set_input_files("#files", paths)
    paths[0].unlink()
    desk.get_by_role("button", name="Unggah").click()
    expect(desk.get_by_role("status")).to_have_text("1 diterima, 1 ditolak")
    expect(rows(desk, "refused")).to_contain_text(["tidak terbaca"])


@pytest.mark.wide
def test_what_the_desk_would_not_take_is_told_without_being_sent(desk):
    desk.evaluate("document.querySelector('[data-upload]').dataset.mostBytes = 100")
    send(desk, picture(1))
    expect(rows(desk, "refused")).to_contain_text(["Lebih besar dari"])
    expect(desk.get_by_role("status")).to_have_text("0 diterima, 1 ditolak")


@pytest.mark.wide
def test_a_file_too_large_for_a_photos_form_leaves_what_was_typed(at_desk):
    desk = at_desk("/admin/articles/photo/add/")
    desk.fill("#id_caption", "Keterangan yang diketik")
    desk.evaluate("document.querySelector('#id_file').dataset.mostBytes = 100")
    desk.set_input_files("#id_file", [picture(1)])
    expect(desk.get_by_role("alert").filter(has_text="Lebih besar dari")).to_have_count(1)
    desk.click("[name=_save]")
    expect(desk.locator("#id_file")).to_be_focused()
    expect(desk.locator("#id_caption")).to_have_value("Keterangan yang diketik")
    desk.evaluate("document.querySelector('#id_file').dataset.mostBytes = 1e6")
    desk.click("[name=_save]")
    expect(desk.locator(".messagelist .success")).to_have_count(1)


@pytest.mark.wide
def test_pictures_beside_an_import_that_are_too_large_together_are_told_before_anything_is_sent(at_desk):
    desk = at_desk("/admin/articles/story/import/")
    desk.locator("#id_photos").wait_for()
    desk.wait_for_load_state()
    desk.evaluate("document.querySelector('#id_photos').dataset.mostTogether = 100")
    desk.set_input_files("#id_photos", [picture(1), picture(2)])
    expect(desk.get_by_role("alert").filter(has_text="seluruhnya lebih besar")).to_have_count(1)
    desk.click("[type=submit].default")
    expect(desk.locator("#id_photos")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.wide
def test_without_a_script_the_page_tells_the_same(at_desk, width):
    desk = at_desk(UPLOAD, width=width, java_script_enabled=False)
    send(desk, picture(1), BAD, picture(2))
    expect(desk.get_by_role("status")).to_have_text("2 diterima, 1 ditolak")
    expect(rows(desk, "refused")).to_contain_text(["surat.jpg"])
    expect(rows(desk, "taken")).to_have_count(2)
    assert_fits(desk)
