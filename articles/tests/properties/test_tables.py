"""Any table is cleaned to rows of one length, and no page splits it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.html import convert

pytestmark = pytest.mark.wide

TABLE = (
    "<table><thead><tr><th>Desa</th><th>Rumah</th></tr></thead>"
    "<tbody><tr><td>Tanggidaa</td><td>214</td></tr></tbody></table>"
)


PIECES = (
    "<table> </table> <tr> </tr> <td> </td> <th> </th> <thead> </thead> <tbody> <caption> </caption> <colgroup> <p> "
    "</p> <br> <b> </b> <strong> </strong> <a_href=/x> </a> <ul> <li> <img> <div> </div> <hr> <td_rowspan=3> "
    "<td_colspan=2> <td_rowspan=999_colspan=99> satu dua tiga &nbsp; <script> <blockquote> <h2>"
)


tables = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES.split()]), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(tables)
@example("<table><tr><td>a<td>b<tr><td>c</table>" * 2)
@example("<table><tr><td rowspan=9>a<td>b<tr><td>c<tr><td>d</table>")
def test_cleaning_twice_equals_once_and_every_row_has_as_many_cells(dirty):
    clean = body.clean(dirty)
    assert body.clean(clean) == clean
    assert (
        body.clean(convert.convert(dirty, media_type="text/html").body)
        == convert.convert(dirty, media_type="text/html").body
    )
    for block in body.blocks(clean):
        if block.kind == "table":
            rows = [row.count("<td>") + row.count("<th>") for row in block.html.split("</tr>")[:-1]]
            assert len(rows) > 1
            assert len(set(rows)) == 1 < rows[0]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<p>satu</p>", TABLE, "<hr>", f"<p>{'kata ' * 300}</p>"]), max_size=12).map("".join))
def test_no_page_splits_a_table(dirty):
    whole = [block for page in body.pages(body.clean(dirty)) for block in page if block.kind == "table"]
    assert [block.html for block in whole] == [TABLE] * dirty.count("<table>")
