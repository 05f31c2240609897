"""No word or address, however long, makes a readers' page wider than the window or is cut off, at any size of text."""

import re

import pytest
from django.test import Client

from ..long_words import DAY, LongWords, faults_of
from ..walks import Answer, html, static, walk

STORY = f"{DAY}kabar-20/"
KINDS = {
    STORY: 200,
    "/": 200,
    "/latest/?page=2": 200,
    f"{STORY}?page=2": 200,
    f"{STORY}?page=all": 200,
    "/latest/": 200,
    "/section/internasional/": 200,
    "/section/dalam/": 200,
    "/tag/tag-panjang/": 200,
    "/series/perang-rusia-ukraina/": 200,
    "/series/perang-rusia-ukraina/?page=2": 200,
    "/people/nina-yuniar/": 200,
    "/people/orang-0/": 200,
    "/popular/": 200,
    "/archive/2023/10/": 200,
    "/archive/2023/10/19/": 200,
    "/search/": 200,
    "/search/?q=warga": 200,
    "/search/?q=tidakada": 200,
    "/masthead/": 200,
    "/policy/kode/": 200,
    "/corrections/": 200,
    "/tidak/ada/": 404,
    f"{DAY}kabar-90/": 410,
}
# (width of the window, how large the text is, set where). A reader sets it in the browser, which widens what media
# queries measure, too; the page's own root says the same of browsers that only zoom text.
VIEWS = [
    (320, 100, "root"), (768, 100, "root"), (1280, 100, "root"),
    (320, 200, "root"), (320, 200, "browser"),
]  # fmt: skip


class LongWordsTest(LongWords):
    @pytest.fixture(autouse=True)
    def browser(self, chromium):
        self.chromium = chromium

    @pytest.mark.browser
    @pytest.mark.wide
    def test_every_kind_of_page_fits_every_window_at_every_size_of_text(self):
        pages = {asked: self.page(asked, status) for asked, status in KINDS.items()}
        parts = {part for page in pages.values() for part in re.findall(r'href="(/\S+\.css)"', page)}
        styles = {part: Client(headers={"host": self.host}).get(part).getvalue() for part in parts}
        self.styles = {part: Answer(200, {"Content-Type": "text/css"}, style) for part, style in styles.items()}
        found = []
        with walk(self.chromium, {asked: html(text) for asked, text in pages.items()}, self.part) as walking:
            browser = walking.page.context.new_cdp_session(walking.page)
            for asked in pages:
                page = walking.open(asked, asked)
                for width, percent, where in VIEWS:
                    set_text(page, browser, width, {"root": 100, "browser": 100, where: percent})
                    root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
                    assert root == 16 * percent / 100, f"{where} did not set the text to {percent} %: {root} px"
                    about = f"{asked} at {width} px, text {percent} % by {where}"
                    found += [f"{about}: {fault}" for fault in faults_of(page)]
        assert not found, "\n".join(["", *found])

    def part(self, path):
        return self.styles.get(path) or static("")


def set_text(page, browser, width, sizes):
    page.set_viewport_size({"width": width, "height": 800})
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * sizes["browser"] // 100}})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{sizes['root']}%")
