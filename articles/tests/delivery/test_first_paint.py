"""What comes before the first words on a slow line: the style sheet, and nothing that takes the line from it."""

import re

from articles.delivery import style

from ..cases import DeliveryTestCase

SHEET = 10_500  # bytes; the whole page may have 15,000 of style


class FirstPaintTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        _status, self.headers, body = self.ask(self.story(lead_photo=self.lilin).get_absolute_url())
        self.page = body.decode()

    def test_the_sheet_is_asked_for_with_the_headers_and_stands_before_all_words_of_the_head(self):
        address = style.address(self.gorontalo)
        self.assertEqual(self.headers["Link"], f"<{address}>; rel=preload; as=style")
        self.assertLess(self.page.index(f'href="{address}"'), self.page.index("<title>"))

    def test_the_sheet_is_packed_as_small_as_it_goes_since_browsers_keep_it(self):
        address = style.address(self.gorontalo)
        small, zipped = (len(self.ask(address, accept_encoding=coding)[2]) for coding in ("br", "gzip"))
        self.assertLess(small, SHEET)
        self.assertLess(small, zipped)

    def test_script_and_photo_wait_until_the_sheet_is_there(self):
        [script] = re.findall(r'<script type="module"[^>]*>', self.page)
        self.assertIn('fetchpriority="low"', script)
        photo = self.page.split('class="photo photo-lead"')[1].split("</figure>")[0]
        self.assertIn('loading="lazy"', photo)
