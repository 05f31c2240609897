"""Writing by keyboard: "/" inserts, a toolbar stands over words, a link finds our stories, the text can be searched."""

import base64
import pathlib
import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from articles.models import Edition, Photo, Story
from articles.text import body

from ...newsroom import PUBLISHED, axe_faults
from ...uploads import upload

pytestmark = [pytest.mark.browser, pytest.mark.wide]

TEXT = ".ProseMirror[role=textbox]"
FOREIGN = """<!doctype html><h1>Banjir</h1><p>Air <b>naik</b>, kata "Wati".<script>1</script>
<a href="https://a.id/?utm_medium=x">BMKG</a></p><iframe></iframe><img alt="x" width=9 height=9>
<table><tr><th>Desa<th>Rumah<tr><td>Tanggidaa<td>214</table>"""


@pytest.fixture
def newsroom(newsroom):
    newsroom.story("Kapal gandum kembali melintas", publish_at=PUBLISHED, body="<p>Panen jagung.</p>")
    newsroom.story("Panen jagung dimulai", publish_at=PUBLISHED.replace(year=2022))
    return newsroom


@pytest.fixture
def desk(at_desk, visit):
    visit.awaited = ["Applying inline style"]  # by axe
    desk = at_desk("/admin/articles/story/add/")
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.click(TEXT)
    return desk


def assert_accessible(desk):
    desk.evaluate(pathlib.Path(AXE_FILE_PATH).read_text())
    found = list(axe_faults(desk))
    assert not found, "\n".join(found)


def choose(desk, words):
    desk.keyboard.type(f"/{words}")
    expect(desk.locator(".desk-slash").get_by_role("option").first).to_be_visible()
    desk.keyboard.press("Enter")


def stored(desk):
    return body.clean(desk.input_value("#id_body"))


def test_a_slash_offers_what_can_be_inserted_and_the_arrows_choose(desk):
    desk.keyboard.type("/")
    options = desk.locator(".desk-slash").get_by_role("option")
    expect(options).to_have_count(10)
    desk.keyboard.press("ArrowDown")
    active = desk.locator(TEXT).get_attribute("aria-activedescendant")
    expect(desk.locator(f"#{active}")).to_have_text(re.compile("Baca juga"))
    assert_accessible(desk)
    desk.keyboard.type("kutipan")
    expect(options).to_have_count(2)
    desk.keyboard.press("Escape")
    expect(options).to_have_count(0)
    desk.keyboard.press("Enter")
    assert stored(desk) == "<p>/kutipan</p>"
    desk.keyboard.type("/kutipan")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Air naik")
    assert stored(desk) == '<p>/kutipan</p><blockquote data-pull=""><p>Air naik</p></blockquote>'


def test_a_table_is_written_by_keyboard(desk):
    choose(desk, "tabel")
    for word in ("Desa", "Rumah", "Warga", "Tanggidaa", "214", "1.107"):
        desk.keyboard.type(word)
        desk.keyboard.press("Tab")
    toolbar = desk.locator(".prose-menubar.is-shown")
    expect(toolbar.get_by_role("button", name="Hapus baris")).to_be_visible()
    desk.keyboard.press("Alt+F10")
    expect(toolbar.locator("button").first).to_be_focused()
    desk.keyboard.press("Escape")
    toolbar.get_by_role("button", name="Hapus baris").click()
    toolbar.get_by_role("button", name="Hapus baris").click()  # two rows stay
    assert_accessible(desk)
    assert stored(desk) == (
        "<table><thead><tr><th>Desa</th><th>Rumah</th><th>Warga</th></tr></thead>"
        "<tbody><tr><td>Tanggidaa</td><td>214</td><td>1.107</td></tr></tbody></table>"
    )


def test_a_link_finds_our_own_stories_and_the_best_headline_stands_first(desk, newsroom):
    desk.keyboard.type("Panen")
    desk.keyboard.press("ControlOrMeta+a")
    desk.locator(".prose-menubar.is-shown button[data-name=link]").click()
    dialog = desk.locator("dialog.desk-dialog[open]")
    dialog.locator("input[type=search]").fill("jagung")
    expect(dialog.locator(".desk-choice")).to_have_count(2)
    expect(dialog.locator(".desk-choice").first).to_contain_text("Panen jagung dimulai")
    dialog.locator("input[type=search]").press("Enter")
    story = Story.objects.get(headline="Panen jagung dimulai")
    address = newsroom.gorontalo.absolute(story.get_absolute_url())
    expect(dialog.locator("input[name=href]")).to_have_value(address)
    assert_accessible(desk)
    dialog.locator("button[value=chosen]").click()
    expect(dialog).to_have_count(0)
    assert stored(desk) == f'<p><a href="{address}">Panen</a></p>'


def test_words_are_found_and_replaced(desk):
    desk.keyboard.type("Warga Desa. Para warga pulang, kata WARGA.")
    expect(desk.locator("[data-words]")).to_have_text("7 kata")
    desk.keyboard.press("ControlOrMeta+f")
    panel = desk.get_by_role("search", name="Cari dan ganti")
    panel.get_by_label("Cari", exact=True).fill("warga")
    expect(panel.locator("output")).to_contain_text("dari 3")
    expect(desk.locator(".desk-found")).to_have_count(3)
    assert_accessible(desk)
    panel.get_by_label("Ganti dengan").fill("penduduk")
    panel.get_by_role("button", name="Ganti semua").click()
    expect(panel.locator("output")).to_have_text("Diganti: 3")
    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert stored(desk) == "<p>penduduk Desa. Para penduduk pulang, kata penduduk.</p>"
    expect(desk.locator(TEXT)).to_be_focused()  # it has the keys back a frame later
    desk.keyboard.press("ControlOrMeta+z")
    assert stored(desk) == "<p>Warga Desa. Para warga pulang, kata WARGA.</p>"


def test_what_is_copied_elsewhere_is_pasted_with_what_we_keep_and_the_rest_is_told(desk):
    other = desk.context.new_page()
    other.route("**/*", lambda route: route.fulfill(body=FOREIGN, content_type="text/html"))
    other.goto("http://luar.localhost/")
    other.bring_to_front()
    other.keyboard.press("ControlOrMeta+a")
    other.keyboard.press("ControlOrMeta+c")
    desk.bring_to_front()
    desk.click(TEXT)
    desk.keyboard.press("ControlOrMeta+v")
    expect(desk.locator(".desk-told")).to_contain_text("1 gambar")
    assert stored(desk) == (
        '<h2>Banjir</h2><p>Air <strong>naik</strong>, kata “Wati”. <a href="https://a.id/">BMKG</a></p>'
        "<table><thead><tr><th>Desa</th><th>Rumah</th></tr></thead>"
        "<tbody><tr><td>Tanggidaa</td><td>214</td></tr></tbody></table>"
    )


def test_an_embed_is_a_card_for_readers_and_a_page_of_ours_holds_its_player(desk, newsroom, visit):
    choose(desk, "embed")
    dialog = desk.locator("dialog.desk-dialog[open]")
    dialog.locator("input[name=address]").fill("http://youtu.be/aqz-KE-bpKQ")
    dialog.locator("input[name=title]").fill("Detik-detik banjir")
    dialog.locator("input[name=title]").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    dialog.locator("input[name=address]").fill("youtu.be/aqz-KE-bpKQ")
    assert_accessible(desk)
    dialog.locator("input[name=title]").press("Enter")
    expect(dialog).to_have_count(0)
    text = stored(desk)
    assert text == (
        '<figure data-embed="https://youtu.be/aqz-KE-bpKQ"><figcaption>Detik-detik banjir</figcaption></figure>'
    )
    Edition.objects.update(embed_providers="youtube")
    story = newsroom.story("Banjir", body=text, publish_at=PUBLISHED)
    visit.awaited = ["Applying inline style", "youtube-nocookie"]
    reader = visit(story.get_absolute_url(), 375)
    asked = []
    reader.context.route("https://**/*", lambda route: asked.append(route.request) or route.fulfill(body="Film"))
    reader.get_by_role("link", name="Detik-detik banjir").click()
    expect(reader.frame_locator("iframe").locator("body")).to_have_text("Film")
    assert [request.url for request in asked] == ["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"]
    assert "referer" not in asked[0].headers


DROP = """(place, data) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([bytes], "dermaga.jpg", { type: "image/jpeg" }))
  const { left, top } = place.getBoundingClientRect()
  const at = { clientX: left + 60, clientY: top + 30, bubbles: true, cancelable: true }
  place.dispatchEvent(new DragEvent("drop", { ...at, dataTransfer }))
}"""


def test_a_picture_dropped_into_the_text_becomes_a_photo_of_the_library(desk):
    desk.keyboard.type("Dermaga dibuka.")
    desk.locator(TEXT).evaluate(DROP, base64.b64encode(upload("dermaga.jpg").read()).decode())
    dialog = desk.locator("dialog.photo-take")
    dialog.get_by_label("Teks alternatif", exact=True).fill("Dermaga kayu")
    dialog.get_by_role("button", name="Pakai foto ini").click()
    expect(desk.locator(f"{TEXT} .desk-libraryPhoto img")).to_be_visible()
    photo = Photo.objects.get(title="dermaga")
    assert stored(desk).startswith(f'<p>Dermaga dibuka.</p><figure data-photo="{photo.uid}">')
