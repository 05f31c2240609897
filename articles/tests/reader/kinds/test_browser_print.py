"""Any page on paper: a text whole, whatever page of it was open, with address, date and corrections, without chrome."""

import pytest
from playwright.sync_api import expect

from articles.models.correction import Correction, Kind

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
    before = page.locator(".body").inner_text()
    page.evaluate("addEventListener('afterprint', () => { window.paper = seen }, { capture: true })")
    page.evaluate("addEventListener('beforeprint', () => { seen = document.querySelector('main').innerText })")
    assert page.pdf(format="A4")[:4] == b"%PDF"
    text = page.evaluate("window.paper")
    places = [text.find(f"{words} {number}") for number in (1, 2, 3) for words in ("Halaman", "Bagian", "Selesai")]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("Halaman 2 dari") == text.count("(TribunGorontalo.com/Nina Yuniar)") == 1
    assert "Seluruh teks" not in text
    assert page.locator(".body").inner_text() == before, "the screen does not show its own page again"


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


def test_without_a_script_it_says_where_the_whole_is(visit, newsroom):
    address = f"{newsroom.long.get_absolute_url()}?page=2"
    page = visit(address, 794, java_script_enabled=False)
    told = page.get_by_text("Halaman 2/3. Seluruh teks: ")
    expect(told).to_be_hidden()
    page.emulate_media(media="print")
    expect(told).to_contain_text(f"{newsroom.long.get_absolute_url()}?page=all")
