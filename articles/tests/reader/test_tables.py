"""A plain table of the text stays a table: rows, a heading row, nothing that spans or nests."""

import pytest

from articles.text import body

from ..newsroom import NewsroomTestCase

TABLE = (
    "<table><thead><tr><th>Desa</th><th>Rumah</th></tr></thead>"
    "<tbody><tr><td>Tanggidaa</td><td>214</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<table><tr><th>Desa<th>Rumah<tr><td>Tanggidaa<td>214</table>", TABLE),
        ("<table><tr><td><p>A</p><p>B</p><td>C<tr><td>D<td>E</table>", [["A<br>B", "C"], ["D", "E"]]),
        ("<table><tr><td rowspan=2>A<td>B<tr><td>C</table>", [["A", "B"], ["", "C"]]),
        ("<table><tr><td colspan=2>A<td>B<tr><td>C<td>D<td>E</table>", [["A", "", "B"], ["C", "D", "E"]]),
        ("<table><tr><td>A<tr><td>B<td><b>C</b></table>", [["A", ""], ["B", "<strong>C</strong>"]]),
        ("<table><caption>Rumah</caption><tr><td>A<td>B<tr><td>C<td>D</table>", [["A", "B"], ["C", "D"]]),
        ("<table><tr><td>A</table>", "<p>A</p>"),
        ("<table><tr><td>A<td>B</table>", "<p>A · B</p>"),
        ("<table><tr><td>A<tr><td>B</table>", "<p>A</p><p>B</p>"),
        ("<table><tr><td><tr><td><td></table>", ""),
        ("<table><tr><td><ul><li>A</ul><td>B<tr><td>C<td>D</table>", "<ul><li>A</li></ul><p>B</p><p>C · D</p>"),
    ],
)
def test_what_is_a_table(written, expected):
    if isinstance(expected, list):
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in expected)
        expected = f"<table><tbody>{rows}</tbody></table>"
    caption = "<p>Rumah</p>" if "caption" in written else ""
    assert body.clean(written) == caption + expected


def test_its_words_are_counted_and_searched_apart():
    assert body.text(TABLE).split() == ["Desa", "Rumah", "Tanggidaa", "214"]
    assert body.word_count(TABLE) == 4


def test_a_large_table_with_few_words_does_not_grow():
    narrow = "<tr><td>a</td></tr>" * 5_000
    wide = f"<tr>{'<td>a</td>' * 20}</tr>"
    assert len(body.clean(f"<table>{wide}{narrow}</table>")) < 200_000


class ReaderTest(NewsroomTestCase):
    def test_on_the_page_it_scrolls_in_a_box_of_its_own_that_the_keyboard_reaches(self):
        page = self.page(self.story("Angka", body=f"<p>a</p>{TABLE}").get_absolute_url())
        self.assertIn(f'<div class="table" role="region" tabindex="0" aria-label="Tabel">{TABLE}</div>', page)

    def test_a_pull_quote_is_told_from_a_quotation(self):
        pull = '<blockquote data-pull="">Air naik dalam semenit.</blockquote>'
        self.assertEqual(body.clean(pull.replace('=""', "")), pull)
        self.assertIn(pull, self.page(self.story("Kutip", body=pull).get_absolute_url()))
