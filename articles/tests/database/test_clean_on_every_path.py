import json

from django.core import serializers

from articles.models import Story, StoryPhoto

from ..newsroom import NewsroomTestCase, make_photo

DIRTY = "<p>Isi<script>alert(1)</script></p>"
CLEAN = "<p>Isi</p>"


class CleanOnEveryPathTest(NewsroomTestCase):
    def stored(self):
        return list(Story.objects.values_list("body", flat=True).distinct())

    def test_save(self):
        self.story(body=DIRTY)
        self.assertEqual(self.stored(), [CLEAN])

    def test_update(self):
        self.story()
        Story.objects.update(body=DIRTY)
        self.assertEqual(self.stored(), [CLEAN])

    def test_bulk_create_and_bulk_update(self):
        Story.objects.bulk_create(
            [Story(edition=self.gorontalo, section=self.dunia, headline="a", slug="a", body=DIRTY)]
        )
        self.assertEqual(self.stored(), [CLEAN])
        story = Story.objects.get()
        story.body = f"<iframe src=x></iframe>{CLEAN}"
        Story.objects.bulk_update([story], ["body"])
        self.assertEqual(self.stored(), [CLEAN])

    def test_a_fixture(self):
        rows = json.loads(serializers.serialize("json", [self.story()]))
        rows[0]["fields"]["body"] = DIRTY
        for row in serializers.deserialize("json", json.dumps(rows)):
            row.save()
        self.assertEqual(self.stored(), [CLEAN])

    def test_markup_in_plain_fields_reaches_no_reader(self):
        bad = "<script>alert(1)</script>"
        self.nina.name = self.dunia.name = bad
        self.nina.save()
        self.dunia.save()
        photo = make_photo(caption=bad, photographer=bad, alt=f'"{bad}')
        text = f'<figure data-photo="{photo.uid}"><figcaption>{bad}</figcaption></figure><p>isi</p>'
        plain = dict.fromkeys(["standfirst", "kicker", "source_line", "lead_caption", "place"], bad)
        story = self.story(f"Judul {bad}", slug="judul", body=text, lead_photo=photo, **plain)
        StoryPhoto.objects.create(story=story, photo=photo, caption=bad)
        for address in (story.get_absolute_url(), "/", "/latest/", "/people/nina-yuniar/"):
            self.assertNotIn("<script>alert", self.page(address))
