"""The clipboards of further programs: Word for the web, WhatsApp Web, an encyclopedia, a sheet, a mail."""

import pytest
from playwright.sync_api import expect

from .test_browser_clipboards import desk as desk
from .test_browser_clipboards import of_program

pytestmark = [pytest.mark.browser, pytest.mark.wide]

WORD_FOR_THE_WEB = """<div class="OutlineElement"><p class="Paragraph" style="font-weight: normal"><span class="TextRun"
style="font-weight: bold;"><span>GORONTALO</span></span><span style="font-weight: normal">, warga </span><span
style="font-style: italic;">pindah</span><span class="EOP">&nbsp;</span></p></div>
<div class="OutlineElement"><p role="heading" aria-level="2"><span>Bantuan</span><span>&nbsp;</span></p></div>
<div class="ListContainerWrapper"><ul><li><p>Beras</p></li></ul></div>
<div class="ListContainerWrapper"><ul><li><p>Minyak</p></li></ul></div>
<div class="ListContainerWrapper"><ul><li><p>Air</p></li></ul></div>"""
WHATSAPP_WEB = """<span class="copyable-text"><span>Air naik </span><strong>cepat</strong><span> sekali
<img class="emoji" src="data:," alt="😭"> di <em>Tapa</em><br>Lihat
<a href="https://bmkg.go.id/a?utm_source=wa">https://bmkg.go.id/a?utm_source=wa</a></span></span>"""
ENCYCLOPEDIA = """<p><b>Gorontalo</b> adalah kota.<sup><a href="https://e.id/G#cite_note-1">[1]</a></sup><sup
class="noprint">[<a href="https://e.id/rujukan">butuh rujukan</a>]</sup></p><div><h2>Sejarah</h2><span
class="mw-editsection">[<a href="https://e.id/edit">sunting</a>]</span></div><p>Berdiri 1728.</p>"""
SHEET = """<google-sheets-html-origin><table><colgroup><col width="100"></colgroup><tbody>
<tr><td style="font-weight:bold;">Desa</td><td style="font-weight:bold;">Rumah</td></tr>
<tr><td>Tapa</td><td style="text-align:right;">12</td></tr></tbody></table></google-sheets-html-origin>"""
MAIL = """<div dir="ltr"><div>Kepala desa bilang <b>"tidak ada"</b>.</div><div><br></div><div>Baris kedua<br>Baris
ketiga</div><div><blockquote class="gmail_quote"><div>Berapa rumah?</div></blockquote></div></div>"""


@pytest.mark.parametrize(
    ("html", "stored", "told"),
    [
        (
            WORD_FOR_THE_WEB,
            "<p><strong>GORONTALO</strong>, warga <em>pindah</em></p><h2>Bantuan</h2>"
            "<ul><li><p>Beras</p></li><li><p>Minyak</p></li><li><p>Air</p></li></ul>",
            "",
        ),
        (
            WHATSAPP_WEB,
            "<p>Air naik <strong>cepat</strong> sekali 😭 di <em>Tapa</em><br>Lihat "
            '<a href="https://bmkg.go.id/a">https://bmkg.go.id/a</a></p>',
            "",
        ),
        (
            ENCYCLOPEDIA,
            "<p><strong>Gorontalo</strong> adalah kota.</p><h2>Sejarah</h2><p>Berdiri 1728.</p>",
            "1 tanda catatan kaki",
        ),
        (
            SHEET,
            "<table><thead><tr><th>Desa</th><th>Rumah</th></tr></thead>"
            "<tbody><tr><td>Tapa</td><td>12</td></tr></tbody></table>",
            "",
        ),
        (
            MAIL,
            "<p>Kepala desa bilang <strong>“tidak ada”</strong>.</p><p>Baris kedua<br>Baris ketiga</p>"
            "<blockquote><p>Berapa rumah?</p></blockquote>",
            "",
        ),
    ],
    ids=["word for the web", "whatsapp web", "encyclopedia", "sheet", "mail"],
)
def test_what_they_copy(desk, html, stored, told):
    assert of_program(desk, html) == stored
    expect(desk.locator(".desk-told").first).to_contain_text(told)
