"""The text editor in a browser: what is pasted, linked and looked for there is what was meant."""

import time

import pytest
from playwright.sync_api import expect

from articles.text import body, links

from ...markup_samples import KEPT, REFUSED, SAMPLES, words
from ...newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.browser, pytest.mark.wide]

UID = "6f1c1d1e-0000-4000-8000-000000000001"


def table(*rows, head=()):
    def row(cells, tag):
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    headings = f"<thead>{row(head, 'th')}</thead>" if head else ""
    return f"<table>{headings}<tbody>{''.join(row(cells, 'td') for cells in rows)}</tbody></table>"


PASTED = {
    "<table><tr><td><b>Kabupaten</b><td><b>Korban</b><tr><td>Gorontalo<td>12</table>": table(
        ["Gorontalo", "12"], head=["Kabupaten", "Korban"]
    ),
    "<table><caption>Korban</caption><tr><td><p>A</p><p>B</p><td>C<td><tr><td colspan=2>D<tr><td></table>": (
        "<p>Korban</p>" + table(["A<br>B", "C"], ["D", ""])
    ),
    "<tr><td>A</td><td>B</td></tr>": "<p>A · B</p>",
    "<table><tr><td><td>A<td>B<img><tr><td>C<td><td>D<td></table>": "<p>– · A · B</p><p>C · – · D</p>",
    "<table><tr><td rowspan=2>A<td rowspan='2'>B<td>C<tr><td>D<tr><td>E<td>F</table>": table(
        ["A", "B", "C"], ["", "", "D"], ["E", "F", ""]
    ),
    "<h1>A</h1><h5>B</h5><p><sup><a href='#_ftn1'>[1]</a></sup>C<a href='#d'>D</a></p>": (
        "<h2>A</h2><h3>B</h3><p>CD</p>"
    ),
    "<p>Kata \"A\" dan 'B' di '<b>C</b>'</p>": "<p>Kata “A” dan ‘B’ di ‘<strong>C</strong>’</p>",
    '<span style="font-weight:700">A</span> <span style="font-style: italic">B</span>': (
        "<p><strong>A</strong> <em>B</em></p>"
    ),
    '<a href="https://a.id/?utm_source=x&amp;b=1&amp;fbclid=2#c">A</a>': '<p><a href="https://a.id/?b=1#c">A</a></p>',
    '<a href="https://www.google.com/url?q=https://a.id/b%3Fc%3D1&amp;sa=D">A</a>': (
        '<p><a href="https://a.id/b?c=1">A</a></p>'
    ),
    "<p>A</p><hr><p>B</p>": "<p>A</p><p>B</p>",
    "<table><tr><td><p>A</p><p>B</p></td><td>C</td></tr></table>": "<p>A</p><p>B</p><p>C</p>",
    "<table><tr><td><table><tr><td>A<td>B</table><td>C</table>": "<p>A · B</p><p>C</p>",
    "<div>A</div><div>B</div>": "<p>A</p><p>B</p>",
    "<details><summary>A</summary>B</details><dl><dt>C<dd>D</dl>": "<p>A</p><p>B</p><p>C</p><p>D</p>",
    "<select><option>A<option>B</select>": "<p>A</p><p>B</p>",
    '<ol start="4"><li>A<li>B</ol>': '<ol start="4"><li><p>A</p></li><li><p>B</p></li></ol>',
    "<blockquote>A<figure><figcaption>B</figcaption></figure></blockquote>": (
        "<blockquote><p>A</p><p>B</p></blockquote>"
    ),
    f'<ul><li>A<figure data-photo="{UID}"><figcaption>B</figcaption></figure></ul>': (
        f'<ul><li><p>A</p></li></ul><figure data-photo="{UID}"><figcaption>B</figcaption></figure>'
    ),
    '<a href="https://kompas.com/a">Kompas.com</a>': '<p><a href="https://kompas.com/a">Kompas.com</a></p>',
    '<a href="tel:+62435">A</a> <a href="//b.id">B</a> <a href="javascript:x">C</a>': (
        '<p><a href="tel:+62435">A</a> <a href="https://b.id">B</a> C</p>'
    ),
}


@pytest.fixture
def newsroom(newsroom):
    make_photo(title="Lilin di alun-alun")
    make_photo(title="Perahu di danau", colour="#337799")
    newsroom.story("Kapal gandum kembali melintas", publish_at=PUBLISHED)
    newsroom.story("Panen jagung dimulai")


@pytest.fixture
def desk(at_desk):
    desk = at_desk("/admin/articles/story/add/")
    expect(desk.locator("#id_headline")).to_be_focused()
    desk.click(".ProseMirror[role=textbox]")
    return desk


def paste(desk, **data):
    """`html` or `plain`, in place of all that is in the text."""
    desk.click(".ProseMirror[role=textbox]")
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.press("Delete")
    paste_here(desk, **data)
    return body.clean(desk.input_value("#id_body"))


def paste_here(desk, **data):
    desk.evaluate(
        """data => {
            const clipboardData = new DataTransfer()
            for (const [kind, text] of Object.entries(data)) clipboardData.setData(`text/${kind}`, text)
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
            document.querySelector(".ProseMirror[role=textbox]").dispatchEvent(event)
        }""",
        data,
    )


def letters_of(any_html):
    """The words without signs of lists and footnotes, which the editor takes out of a paste, and whatever marks."""
    return [word.strip("“”\"‘’'") for word in words(any_html) if word.strip("“”\"‘’'·.") not in ("", "[1]")]


def test_what_is_pasted_keeps_its_words_apart_and_its_addresses(desk):
    for pasted, expected in PASTED.items():
        assert paste(desk, html=pasted) == expected, pasted
    for sample in sorted(SAMPLES.glob("clipboard-*.html")):
        pasted = sample.read_text()
        assert letters_of(paste(desk, html=pasted)) == letters_of(pasted), sample.name
    documents = paste(desk, html=(SAMPLES / "clipboard-gdocs.html").read_text())
    assert "<p><strong>Tebal</strong> biasa <em>miring</em> dan kutipan.</p>" in documents


def test_nothing_becomes_a_link_that_nobody_meant(desk):
    for plain in (
        "TRIBUNGORONTALO.COM, Gorontalo",
        "Kompas.com",
        "tulis ke redaksi@kompas.com",
        "https://kompas.com/a",
    ):
        assert paste(desk, plain=plain) == f"<p>{plain}</p>"
    desk.keyboard.type(" dan Kompas.com atau www.kompas.com lagi")
    assert "<a" not in desk.input_value("#id_body")


def test_a_whole_address_pasted_over_words_makes_them_a_link(desk):
    paste(desk, plain="Kompas")
    desk.keyboard.press("ControlOrMeta+a")
    paste_here(desk, plain="https://kompas.com/a?b=1")
    expect(desk.locator("#id_body")).to_have_value('<p><a href="https://kompas.com/a?b=1">Kompas</a></p>')
    paste(desk, plain="Kompas")
    desk.keyboard.press("ControlOrMeta+a")
    paste_here(desk, plain="Kompas.com")
    expect(desk.locator("#id_body")).to_have_value("<p>Kompas.com</p>")


def test_the_dialog_of_links_says_what_is_wrong_and_stays(desk):
    paste(desk, plain="Kompas")
    desk.keyboard.press("ControlOrMeta+a")
    desk.click("button[data-name=link]")
    dialog = desk.locator("dialog.desk-dialog[open]")
    for typed, told in [
        ("javascript:alert(1)", "hanya"),
        ("whatsapp://send", "hanya"),
        ("kompas .com", "spasi"),
        ("berita/2023", "bukan alamat"),
    ]:
        dialog.locator("input[name=href]").fill(typed)
        dialog.locator("input[name=href]").press("Enter")
        expect(dialog.locator("[role=alert]")).to_contain_text(told)
    dialog.locator("input[name=href]").fill(" redaksi@kompas.com ")
    expect(dialog.locator("[role=alert]")).to_have_count(0)
    dialog.locator("input[name=href]").press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.locator("#id_body")).to_have_value('<p><a href="mailto:redaksi@kompas.com">Kompas</a></p>')


def test_the_dialog_keeps_the_rule_of_the_newsroom(desk):
    found = desk.evaluate(
        """async ([written, schemes]) => {
            const { address } = await import("/static/desk/links.js")
            return written.map((one) => address(one, schemes))
        }""",
        [[*KEPT, *REFUSED], links.SCHEMES],
    )
    assert dict(zip([*KEPT, *REFUSED], found, strict=True)) == KEPT | dict.fromkeys(REFUSED, "")


def slowly(route):
    time.sleep(0.6)
    route.continue_()


@pytest.mark.parametrize(
    ("node", "first", "second", "title"),
    [
        ("baca", "gandum", "jagung", "Panen jagung dimulai"),
        ("foto", "alun", "danau", "Perahu di danau"),
    ],
)
def test_enter_takes_what_stands_in_the_field(desk, node, first, second, title):
    desk.keyboard.type(f"/{node}")
    desk.keyboard.press("Enter")
    dialog = desk.locator("dialog.desk-dialog[open]")
    search = dialog.locator("input[type=search]")
    search.fill(first)
    expect(dialog.locator(".desk-choice").filter(has_text=title)).to_have_count(0)
    expect(dialog.locator(".desk-choice").first).to_contain_text(first, ignore_case=True)
    desk.route("**/find/**", slowly)
    search.fill(second)
    search.press("Enter")
    expect(dialog.locator(".desk-choices")).to_have_attribute("inert", "")
    expect(dialog).to_have_count(0)
    desk.unroute_all(behavior="wait")
    chosen = desk.input_value("#id_body")
    expect(desk.locator(".ProseMirror .desk-node")).to_have_count(1)
    desk.locator(".ProseMirror .desk-node").dblclick()
    expect(dialog.locator(".desk-choice", has_text=title).locator("input")).to_be_checked()
    assert chosen.count("data-") == 1


def test_enter_without_a_result_inserts_nothing(desk):
    desk.keyboard.type("/baca")
    desk.keyboard.press("Enter")
    dialog = desk.locator("dialog.desk-dialog[open]")
    dialog.locator("input[type=search]").fill("tidakada")
    dialog.locator("input[type=search]").press("Enter")
    expect(dialog.locator("[role=status]")).to_have_text("Tidak ada yang ditemukan.")
    dialog.locator("input[type=search]").press("Enter")
    expect(dialog).to_have_count(1)
    assert "data-story" not in desk.input_value("#id_body")
