"""Copied elsewhere by Ctrl+C and pasted here by Ctrl+V: what the newsroom keeps is there, and what it drops is told."""

import json

import pytest
from playwright.sync_api import expect

from articles.text import body

from ...markup_samples import SAMPLES
from ...newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.browser, pytest.mark.wide]

TEXT = ".ProseMirror[role=textbox]"
# As an office program does it: the page puts its own flavours on the clipboard when its words are copied.
AS_PROGRAM = """<!doctype html><p>Salin ini</p><script>
addEventListener("copy", (event) => {
  event.clipboardData.setData("text/html", %s)
  event.clipboardData.setData("text/plain", "Salin ini")
  event.preventDefault()
})</script>"""
PAGE = """<!doctype html><main><h1>Banjir Rob</h1><p style="color:red">Air <b>naik</b>, kata "Wati".</p>
<ol><li>Beras<li>Minyak</ol><p><a href="https://bmkg.go.id/?utm_source=x&amp;a=1&amp;fbclid=2">BMKG</a></p>
<table><tr><th>Desa<th>Rumah<tr><td>Tanggidaa<td>214</table><img alt="" src="data:,"></main>"""
TABLE = (
    "<table><thead><tr><th>Desa</th><th>Rumah</th></tr></thead>"
    "<tbody><tr><td>Tanggidaa</td><td>214</td></tr></tbody></table>"
)


@pytest.fixture
def desk(at_desk):
    desk = at_desk("/admin/articles/story/add/")
    desk.locator(TEXT).wait_for()
    return desk


def copied(desk, html, select="body"):
    """Another tab shows the page; its words are selected and copied."""
    other = desk.context.new_page()
    other.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    other.goto("http://luar.localhost/")
    return copied_from(other, select)


def copied_from(page, select):
    page.bring_to_front()
    page.evaluate("place => getSelection().selectAllChildren(document.querySelector(place))", select)
    page.keyboard.press("ControlOrMeta+c")


def pasted(desk):
    """What is stored of it, in place of all that stood in the text."""
    desk.bring_to_front()
    desk.click(TEXT)
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.press("Delete")
    desk.keyboard.press("ControlOrMeta+v")
    expect(desk.locator(TEXT)).not_to_have_text("")
    return body.clean(desk.input_value("#id_body"))


def of_program(desk, html):
    copied(desk, AS_PROGRAM % json.dumps(html).replace("</", "<\\/"))
    return pasted(desk)


def sample(name):
    return (SAMPLES / f"clipboard-{name}.html").read_text()


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=IN><!--StartFragment-->
<h1 style='margin-top:12pt'><span lang=EN-US>Banjir Rob<o:p></o:p></span></h1>
<p class=MsoNormal><b><span style='font-size:12pt;color:red'>GORONTALO</span></b><span> - Warga &quot;menolak&quot;
pindah.<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·
</span><![endif]>Beras 5 kg<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·
</span><![endif]>Minyak goreng<o:p></o:p></p>
<table border=1><tr><td><p class=MsoNormal><b>Desa</b></p></td><td><p class=MsoNormal><b>Rumah</b></p></td></tr>
<tr><td><p class=MsoNormal>Tanggidaa</p></td><td><p class=MsoNormal>214</p></td></tr></table>
<p class=MsoNormal><a href="https://bmkg.go.id/?utm_source=x">BMKG</a> memperingatkan.<a href="#_ftn1">[1]</a></p>
<!--EndFragment--></body></html>"""


def test_word(desk):
    assert of_program(desk, WORD) == (
        "<h2>Banjir Rob</h2><p><strong>GORONTALO</strong> - Warga “menolak” pindah.</p>"
        "<ul><li><p>Beras 5 kg</p></li><li><p>Minyak goreng</p></li></ul>"
        f'{TABLE}<p><a href="https://bmkg.go.id/">BMKG</a> memperingatkan.</p>'
    )
    expect(desk.locator(".desk-told")).to_contain_text("1 tanda catatan kaki")


def test_google_docs(desk):
    stored = of_program(desk, sample("gdocs"))
    assert "<p><strong>Tebal</strong> biasa <em>miring</em> dan kutipan.</p>" in stored
    assert "<h2>Subjudul GDocs</h2>" in stored


def test_whatsapp(desk):
    assert of_program(desk, sample("whatsapp")) == "<p>Air naik lagi.<br>Warga mengungsi.</p><p>Siap, meluncur.</p>"


def test_a_web_page(desk):
    copied(desk, PAGE, "main")
    assert pasted(desk) == (
        "<h2>Banjir Rob</h2><p>Air <strong>naik</strong>, kata “Wati”.</p>"
        "<ol><li><p>Beras</p></li><li><p>Minyak</p></li></ol>"
        f'<p><a href="https://bmkg.go.id/?a=1">BMKG</a></p>{TABLE}'
    )
    expect(desk.locator(".desk-told")).to_contain_text("1 gambar")


def test_another_story_of_ours_as_readers_have_it(desk, newsroom, visit):
    photo = make_photo(title="Dermaga", caption="Dermaga kayu.")
    text = (
        "<h2>Dermaga</h2><p>Warga <em>menonton</em>.</p><ul><li><p>Satu</p></li></ul>"
        f'<figure data-photo="{photo.uid}"></figure><blockquote><p>Kami senang.</p></blockquote>'
    )
    story = newsroom.story("Dermaga dibuka", body=text, publish_at=PUBLISHED)
    reader = desk.context.new_page()
    reader.goto(desk.url.partition("/admin/")[0] + story.get_absolute_url())
    copied_from(reader, "article .body")
    stored = pasted(desk)
    for kept in (
        "<h2>Dermaga</h2>",
        "<p>Warga <em>menonton</em>.</p>",
        "<ul><li><p>Satu</p></li></ul>",
        "Kami senang.",
    ):
        assert kept in stored
    assert "<img" not in stored
    expect(desk.locator(".desk-told")).to_contain_text("1 gambar")


def test_from_story_to_story_at_the_desk_all_stays(desk, newsroom):
    photo = make_photo(title="Dermaga")
    other = newsroom.draft(
        "Naskah lain", body=f'<p>Teks <strong>tebal</strong>.</p><figure data-photo="{photo.uid}"></figure>'
    )
    form = desk.context.new_page()
    form.goto(desk.url.partition("/admin/")[0] + f"/admin/articles/story/{other.pk}/change/")
    form.locator(TEXT).click()
    form.keyboard.press("ControlOrMeta+a")
    form.keyboard.press("ControlOrMeta+c")
    assert pasted(desk) == body.clean(other.body)
    expect(desk.locator(".desk-told")).to_be_empty()
