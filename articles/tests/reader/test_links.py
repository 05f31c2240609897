"""Where a link leads is kept, mended or refused by one rule: in the text, in the editor's dialog, from the wire."""

import pytest

from articles.text import body, links
from articles.wire.html import convert

from ..markup_samples import KEPT, REFUSED


@pytest.mark.parametrize(("written", "stored"), KEPT.items())
def test_an_address_is_kept_or_given_its_scheme(written, stored):
    assert links.address(written) == stored
    assert links.address(stored) == stored
    shown = f'<p><a href="{stored.replace("&", "&amp;")}">A</a></p>'
    assert body.clean(f'<a href="{written.replace("&", "&amp;")}">A</a>') == shown


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_address_is_no_link(written):
    assert links.address(written) == ""
    assert body.clean(f'<p><a href="{written}">A</a></p>') == "<p>A</p>"


def test_an_address_with_a_space_is_mended_where_nobody_can_be_asked():
    assert body.clean('<a href="https://a.id/b c">A</a>') == '<p><a href="https://a.id/b%20c">A</a></p>'


def test_nothing_becomes_a_link_by_itself():
    assert (
        body.clean("TRIBUNGORONTALO.COM, Gorontalo https://a.id")
        == "<p>TRIBUNGORONTALO.COM, Gorontalo https://a.id</p>"
    )


@pytest.mark.parametrize(("written", "stored"), [(one, KEPT[one]) for one in KEPT if one[0] not in "#"])
def test_the_wire_keeps_the_same_rule(written, stored):
    taken = convert.convert(f'<p><a href="{written}">A</a></p>').body
    assert body.clean(taken) == f'<p><a href="{stored}">A</a></p>'


def test_the_number_that_a_list_begins_with_comes_by_wire():
    assert convert.convert('<ol start="4"><li>a</ol>').body == '<ol start="4"><li>a</li></ol>'


def test_a_number_of_5000_digits_is_no_letter_and_stops_nothing():
    for written in (f"<p>a&#{'9' * 5_000};b</p>", f"<p>a&#x{'f' * 5_000};b</p>"):
        assert body.clean(written) == body.clean(convert.convert(written).body) == "<p>a\ufffdb</p>"
        assert body.text(written) == "a\ufffdb"
    assert body.clean(f"<p>&#{'0' * 5_000}65;</p>") == "<p>A</p>"
