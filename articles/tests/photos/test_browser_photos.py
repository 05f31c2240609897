"""Photos in a browser: five files are sent and filled by what they say; a click cuts one, and a phone shows the cut."""

import pytest
from playwright.sync_api import expect

from articles.models import Photo

from ..uploads import SAID, upload

pytestmark = pytest.mark.browser

COLOURS = ["#884422", "#228844", "#442288", "#228888", "#888822"]


@pytest.mark.wide
def test_five_files_are_taken_one_is_cut_and_a_phone_shows_the_cut(visit, at_desk, newsroom):
    newsroom.somebody("photo")
    desk = at_desk("/admin/articles/photo/upload/", "photo")
    files = [upload(f"foto {n}.jpg", colour, said=SAID if n else None) for n, colour in enumerate(COLOURS)]
    sent = [{"name": file.name, "mimeType": "image/jpeg", "buffer": file.read()} for file in files]
    desk.set_input_files("#files", sent)
    desk.get_by_role("button", name="Unggah").click()
    results = desk.locator("[data-list=taken] > ul > li")
    expect(results.filter(has=desk.locator("img"))).to_have_count(5)
    expect(results.filter(has_text="AFP/BAY ISMOYO")).to_have_count(4)
    expect(results.first).to_contain_text("kredit")

    results.last.get_by_role("link").first.click()
    expect(desk.get_by_label("Kantor berita")).to_have_value("AFP")
    picture = desk.locator(".focus-picture img")
    expect(picture).to_have_js_property("complete", True)
    box = picture.bounding_box()
    desk.locator(".focus-picture").click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
    desk.locator("[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)

    photo = Photo.objects.get(title="foto 4")
    assert (round(photo.focal_x, 1), photo.focal_y) == (0.8, 0.25)
    newsroom.story("Dermaga dari udara", lead_photo=photo)
    phone = visit("/", width=360)
    shown = phone.locator(".card-lead img")
    expect(shown).to_have_js_property("complete", True)
    assert "-16x9-80x25-" in shown.evaluate("image => image.currentSrc")
