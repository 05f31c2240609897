"""The picture that stands beside a link to a story, in a chat or a network."""

import datetime
import re

from ..newsroom import NewsroomTestCase, make_photo


class SharedPictureTest(NewsroomTestCase):
    def told(self, story):
        return re.findall(r'<meta property="og:image" content="([^"]*)">', self.page(story.get_absolute_url()))

    def test_it_is_the_lead_photo_by_its_whole_address(self):
        [address] = self.told(self.story(lead_photo=self.lilin))
        self.assertRegex(address, r"^http://gorontalo\.localhost(:\d+)?/.*16x9.*\.jpg$")
        path = "/" + address.split("/", 3)[3]
        self.assertEqual(self.client.get(path)["Content-Type"], "image/jpeg")

    def test_none_is_told_without_one_or_once_its_rights_have_ended(self):
        ended = make_photo(colour="#112233", rights_end_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
        self.assertEqual(self.told(self.story("Tanpa foto")), [])
        self.assertEqual(self.told(self.story("Hak berakhir", lead_photo=ended)), [])
