"""Cleaning never joins words of two blocks, and loses none: whatever cannot be kept keeps its words apart."""

import pytest

from articles.text import body

from ..markup_samples import SAMPLES

UID = "6f1c1d1e-0000-4000-8000-000000000001"
PHOTO = f'<figure data-photo="{UID}"><figcaption>Tepi danau</figcaption></figure>'
RELATED = f'<aside data-story="{UID}"></aside>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<div>A</div><div>B</div>", "<p>A</p><p>B</p>"),
        ("<div>A<div>B</div>C</div>D", "<p>A</p><p>B</p><p>C</p><p>D</p>"),
        ("<dl><dt>A<dd>B</dl>", "<p>A</p><p>B</p>"),
        ("<details><summary>A</summary>B</details>", "<p>A</p><p>B</p>"),
        ("<select><option>A<option>B</select>", "<p>A</p><p>B</p>"),
        ("<pre>A\n  B</pre>", "<p>A<br>  B</p>"),
        ("<h2><div>A</div></h2><h2>B<p>C</h2>D", "<h2>A</h2><h2>B</h2><p>C</p><p>D</p>"),
        ("<strong><p>A</p><p>B</p></strong>", "<p><strong>A</strong></p><p><strong>B</strong></p>"),
        ("<b>A</b> <i>B</i> <del>C</del>", "<p><strong>A</strong> <em>B</em> <s>C</s></p>"),
        (
            '<b style="font-weight:normal">A <b>B</b> <strong>C</strong> D</b> E',
            "<p>A <strong>B C</strong> D E</p>",
        ),
        ("A<img src=x>B <button>C</button>D", "<p>A B C D</p>"),
        # tables that are not plain: a paragraph for each row
        (
            "<table><tr><th>Kabupaten<th>Korban<tr><td>Gorontalo<td>12<tr><td>Boalemo<td>3",
            "<p>Kabupaten · Korban</p><p>Gorontalo · 12</p><p>Boalemo · 3</p>",
        ),
        ("<table><tr><td>\n<p>A</p>\n</td><td><div>B</div></td></tr></table>", "<p>A · B</p>"),
        ("<table><tr><td><p>A<p>B<td>C</table>", "<p>A</p><p>B · C</p>"),
        ("<td>A</td><td>B</td>", "<p>A · B</p>"),
        (
            "<table><tr><td><td>A<td><b>B</b><tr><td>C<td> <td>D<td><hr></table>",
            "<p>– · A · <strong>B</strong></p><p>C · – · D</p>",
        ),
        (
            "<table><tr><td rowspan=2>A<td rowspan=2>B<td>C<tr><td>D<tr><td>E<td>F<dl></table><table><tr><td>G</table>",
            "<p>A · B · C</p><p>– · – · D</p><p>E · F</p><p>G</p>",
        ),
        ("<table><tr><td><td><tr><td><td>A<img></table><p>B", "<p>– · A</p><p>B</p>"),
        ("<ul><li><table><tr><td>A<td>B<tr><td>C</table></ul>", "<ul><li><p>A · B</p><p>C</p></li></ul>"),
        # lists
        ("<ul><li><div>A</div><div>B</div></li></ul>", "<ul><li><p>A</p><p>B</p></li></ul>"),
        ("<ul><li>A</li><ul><li>B</li></ul></ul>", "<ul><li>A<ul><li>B</li></ul></li></ul>"),
        ("<li>A<li>B</li><p>C", "<ul><li>A</li><li>B</li></ul><p>C</p>"),
        ("<blockquote>A<div>B</div></blockquote>", "<blockquote>A<p>B</p></blockquote>"),
        ("<ul><li>A<h4>B</h4>C</ul>", "<ul><li>A<p>B</p><p>C</p></li></ul>"),
        ('<ol start="4"><li>A</ol>', '<ol start="4"><li>A</li></ol>'),
        ('<ol start="1"><li>A</ol><ol start="-3"><li>B</ol>', "<ol><li>A</li></ol><ol><li>B</li></ol>"),
        ('<ol start="99999"><li>A</ol><ol start="4x"><li>B</ol>', "<ol><li>A</li></ol><ol><li>B</li></ol>"),
        # our nodes, where they cannot stand
        (f"<ul><li>A{PHOTO}B</ul>C", f"<ul><li>A<p>B</p></li></ul>{PHOTO}<p>C</p>"),
        (f"<blockquote><p>A</p>{RELATED}</blockquote>", f"<blockquote><p>A</p></blockquote>{RELATED}"),
        (
            "<blockquote>A<figure><img><figcaption>B</figcaption></figure></blockquote>",
            "<blockquote>A<p>B</p></blockquote>",
        ),
        ("<ul><li>A<aside>B</aside></ul>", "<ul><li>A<p>B</p></li></ul>"),
        (
            f'<figure data-photo="{UID}"><p>A</p>',
            f'<figure data-photo="{UID}"><figcaption></figcaption></figure><p>A</p>',
        ),
        (f'<aside data-story="{UID}">A</aside>B', f"{RELATED}<p>A</p><p>B</p>"),
    ],
)
def test_what_cannot_be_kept(written, expected):
    assert body.clean(written) == expected
    assert body.clean(expected) == expected


def test_texts_have_a_line_for_each_block():
    assert body.text("<li>A<p>B</p></li><p>C<strong>D</strong></p>") == "A\nB\nCD"
    assert body.text("<div>A</div><table><tr><td>B<td>C</table>") == "A\nB\nC"


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (
            "clipboard-word.html",
            [
                "<tr><td>Tanggidaa</td><td>214</td></tr>",
                "<strong>GORONTALO</strong> - Warga &quot;menolak&quot; pindah.",
            ],
        ),
        ("clipboard-gdocs.html", ["<h2>Subjudul GDocs</h2>", "<p>Tebal biasa miring dan kutipan.</p>"]),
        ("clipboard-excel.html", ["<tr><td>Kabupaten</td><td>Korban</td></tr><tr><td>Gorontalo</td><td>12</td></tr>"]),
        ("clipboard-outlook.html", ["<p>Yth. Redaksi,</p><p>Rilis terlampir.</p>", "<p>Humas · 0435 821000</p>"]),
        ("clipboard-whatsapp.html", ["<p>Air naik lagi.<br>Warga mengungsi.</p><p>Siap, meluncur.</p>"]),
    ],
)
def test_what_people_paste_from_other_programs(sample, expected):
    clean = body.clean((SAMPLES / sample).read_text())
    for part in expected:
        assert part.replace("&quot;", '"') in clean
