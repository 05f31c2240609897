"""Any page on paper: a text whole, whatever page of it was open, with address, date and corrections, without chrome."""

import pytest
from playwright.sync_api import expect

from articles.models.correction import Correction, Kind
from articles.views import story

from ...newsroom import PUBLISHED

pytestmark = [pytest.mark.browser, pytest.mark.wide]

PAGES = [f"<p>Halaman {number} dari kabar.</p><h2>Bagian {number}</h2><p>Selesai {number}.</p>" for number in (1, 2, 3)]
CHROME = [
    ".sections",
    ".share",
    ".share-head",
    ".rails",
    ".rail",
    ".pager",
    ".tags",
    ".crumbs",
    ".footer-parts",
    ".skip",
]
OTHERS = ["/", "/latest/", "/popular/", "/archive/2023/10/", "/people/nina-yuniar/", "/masthead/", "/corrections/"]


@pytest.fixture
def newsroom(cast):
    fields = {"tags": [cast.rusia], "series": cast.perang, "lead_photo": cast.lilin}
    cast.long = cast.story("Satu dasawarsa hiu paus", body="<hr>".join(PAGES), **fields)
    Correction.objects.create(story=cast.long, kind=Kind.ERRATUM, text="Bukan tujuh, melainkan enam.", at=PUBLISHED)
    return cast


@pytest.fixture
def on_paper(visit):
    def printed(address):
        page = visit(address, 794)  # A4
        page.emulate_media(media="print")
        return page

    return printed


@pytest.mark.parametrize("query", ["", "?page=2", "?page=3", "?page=all"])
def test_every_page_of_a_text_prints_all_of_it_once_and_in_order(on_paper, newsroom, query):
    page = on_paper(newsroom.long.get_absolute_url() + query)
    text = page.locator("main").inner_text()
    places = [text.find(f"{words} {number}") for number in (1, 2, 3) for words in ("Halaman", "Bagian", "Selesai")]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("Halaman 2") == text.count("(TribunGorontalo.com/Nina Yuniar)") == 1
    assert page.pdf(format="A4")[:4] == b"%PDF"


def test_address_date_and_corrections_stand_on_it_and_no_chrome(on_paper, newsroom):
    page = on_paper(newsroom.long.get_absolute_url())
    for told in ("Kamis, 19 Oktober 2023, 21.05 WITA", "Bukan tujuh, melainkan enam.", "Warga menyalakan lilin."):
        assert told in page.locator("main").inner_text()
    expect(page.locator(".printed-from")).to_contain_text(newsroom.long.get_absolute_url())
    for part in CHROME:
        for one in page.locator(part).all():
            expect(one).to_be_hidden()


def test_every_other_page_says_where_it_is_from(on_paper):
    for address in OTHERS:
        page = on_paper(address)
        expect(page.locator(".printed-from")).to_be_visible()
        expect(page.locator(".sections")).to_be_hidden()


def test_on_the_screen_only_the_page_that_is_read_is_seen(visit, newsroom):
    text = visit(f"{newsroom.long.get_absolute_url()}?page=2", 1280).locator("main").inner_text()
    assert "Halaman 2" in text
    assert "Halaman 1 dari" not in text
    assert "Halaman 3 dari" not in text


def test_a_text_too_long_to_be_sent_whole_says_where_it_is(on_paper, newsroom, monkeypatch):
    monkeypatch.setattr(story, "MOST_PRINTED", 10)
    page = on_paper(newsroom.long.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Seluruh teks: ")
    assert "Halaman 2 dari" not in page.content()
