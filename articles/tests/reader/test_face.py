"""The face of headlines: made of a free one when static files are collected, small, whole, and moving nothing."""

import io
import pathlib
import re
import time

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import SimpleTestCase
from fontTools.ttLib import TTFont

from articles import face

MOST = 30_000  # bytes
WORDS = "Çelik Łódź Šibenik São Tomé “Danau Limboto” – ‘Sekda’ … €5 −3"
COUNTED = "new PerformanceObserver(list => { for (const { value } of list.getEntries()) window.moved += value })"

LOADED = "name => [...document.fonts].some(one => one.family.includes(name) && one.status == 'loaded')"


class FaceTest(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sent = pathlib.Path(finders.find("site/face.woff2")).read_bytes()
        cls.font = TTFont(io.BytesIO(cls.sent))

    def test_it_is_small_and_the_same_on_every_machine(self):
        self.assertLessEqual(len(self.sent), MOST)
        self.assertEqual(face.packed(), self.sent)

    def test_it_has_the_letters_of_names_and_the_signs_of_headlines(self):
        self.assertEqual({letter for letter in WORDS if ord(letter) not in self.font.getBestCmap()}, set())

    def test_it_has_a_name_of_its_own_which_the_style_sheet_asks_for(self):
        names = {str(record) for record in self.font["name"].names if record.nameID not in face.KEPT_NAMES}
        self.assertEqual({name for name in names if "Source" in name}, set())
        sheet = (settings.ROOT / "static" / "shared.css").read_text()
        self.assertRegex(sheet, rf'font-family: "{face.NAME}";\s+src: url\("site/face\.woff2"\)')

    def test_its_licence_lies_beside_it(self):
        self.assertIn("SIL OPEN FONT LICENSE", pathlib.Path(finders.find("site/face.txt")).read_text())
        self.assertIn("SIL Open Font License", self.font["name"].getDebugName(13))

    def test_no_font_lies_in_the_repository(self):
        kept = [path.name for path in (settings.ROOT / "static").rglob("*") if re.search(r"woff|ttf|otf", path.suffix)]
        self.assertEqual(kept, [])


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_moves_when_it_comes_late(visit, cast, width):
    cast.story(headline="Nelayan dan petugas menandai tempat ikan memijah di Danau Limboto")
    page = visit("/", width)
    page.add_init_script(f"window.moved = 0; {COUNTED}.observe({{ type: 'layout-shift', buffered: true }})")
    page.route("**/face*.woff2", lambda route: (time.sleep(0.5), route.continue_()))
    page.reload()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.moved") == 0
    page.unroute("**/face*.woff2")
    page.reload()
    page.wait_for_function(LOADED, arg=face.NAME)
