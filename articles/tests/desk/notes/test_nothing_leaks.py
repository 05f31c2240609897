"""Nothing of notes, notices and preview links is in what readers, machines and other newsrooms get."""

import io
import json

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Note, PreviewLink
from articles.notes import links, writing
from articles.publishing import told
from articles.text.passages import Passage

from ..telling.tellings import TellingTest

SECRET = "Kucingmerah"


class NothingLeaksTest(TellingTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.live = cls.story("Perahu lama", body="<p>Paragraf pertama.</p>")
        at = timezone.now()
        for story in (cls.live, cls.naskah):
            writing.add(story, cls.editor, at, f"{SECRET} menurut sumber", Passage("Paragraf pertama", SECRET, "."))
            Note.objects.create(story=story, outsider=SECRET, text=SECRET, agrees=True, made_at=at)
            told.tell("noted", [cls.reporter.pk], cls.editor, at, story=story)
        PreviewLink.objects.create(
            story=cls.live, secret_hash="a", reader=SECRET, made_by=cls.editor, made_at=at, ends_at=at
        )
        links.make(cls.naskah, cls.editor, at, SECRET, "day")

    def addresses(self):
        story = self.live.get_absolute_url()
        yield from ("/", "/latest/", "/popular/", "/masthead/", "/corrections/", "/sitemap.xml", "/sitemap-news.xml")
        yield from (story, f"{story}ninjs.json", self.dunia.get_absolute_url(), "/robots.txt")
        yield from ("/feed/", "/feed/atom/", "/feed/json/", f"{self.dunia.get_absolute_url()}feed/json/", "/preview/")
        yield from ("/api/v1/stories/", f"/api/v1/stories/{self.live.uid}/")

    def test_at_no_address_of_readers(self):
        reader = Client(headers={"host": self.host})
        for address in self.addresses():
            answer = reader.get(address)
            with self.subTest(address):
                self.assertEqual(answer.status_code, 200)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                self.assertNotIn(SECRET.encode(), content)
        found = reader.get(f"/search/?q={SECRET}")
        self.assertEqual(list(found.context["stories"]), [])
        self.assertNotIn(str(self.live.uid), reader.get(f"/api/v1/search/?q={SECRET}").text)

    def test_in_no_file_that_leaves_the_newsroom(self):
        out = io.StringIO()
        call_command("export", "-", stdout=out)
        self.assertNotIn(SECRET, out.getvalue())

    def test_in_no_snapshot_of_a_story(self):
        told_of = json.dumps(list(self.naskah.revisions.values_list("snapshot", flat=True)))
        self.assertNotIn(SECRET, told_of)

    def test_in_no_search_of_the_desk(self):
        self.client.force_login(self.editor)
        for address in (f"/admin/search/?q={SECRET}", f"/admin/articles/story/?q={SECRET}"):
            page = self.page(address)
            for story in (self.live, self.naskah):
                self.assertNotIn(self.address("change", story), page)

    def test_at_no_desk_of_another_edition(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.client.force_login(self.somebody("chief", name="luar", edition=jogja))
        for page in ("change", "notes", "links", "note_people", "peek"):
            answer = self.client.get(self.address(page, self.naskah), follow=True)
            with self.subTest(page):
                self.assertNotIn(SECRET, answer.text)
        self.assertNotIn('data-told="1"', self.page("/admin/told/"))
