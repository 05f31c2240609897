"""Stories of those who move to us: WordPress, Ghost, feeds, as they come through the command."""

import html

from articles.models import Arrival, Story
from articles.models.story import State

from ..newsroom import PUBLISHED
from ..wire_cases import IngestTestCase

POST = """<item><title>{title}</title><link>https://lama.example/2020/05/{slug}/</link>
<guid isPermaLink="false">https://lama.example/?p={number}</guid><dc:creator><![CDATA[nina]]></dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[Ringkas.]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2020-05-0{number} 10:00:00</wp:post_date_gmt>
<wp:post_modified_gmt>2020-05-0{number} 10:00:00</wp:post_modified_gmt><wp:post_name>{slug}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="ekonomi">Ekonomi</category>
<category domain="post_tag" nicename="pasar">Pasar</category></item>"""
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Lama</title><link>https://lama.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>nina</wp:author_login>
<wp:author_display_name>Nina Yuniar</wp:author_display_name></wp:author>{items}</channel></rss>"""


class FromElsewhereTest(IngestTestCase):
    def wordpress(self, *posts):
        items = "".join(POST.format(number=at, status="publish", **post) for at, post in enumerate(posts, 1))
        return self.file(WXR.replace("{items}", items), name="wordpress.xml")

    def two_posts(self):
        link = '<p>Baca juga: <a href="https://lama.example/2020/05/kedua/">Yang kedua</a></p>'
        return self.wordpress(
            {
                "title": "Yang pertama",
                "slug": "pertama",
                "text": f"<p>Satu.</p>{link}<p>Dua.</p><!--nextpage--><p>Tiga.</p>",
            },
            {"title": "Yang kedua", "slug": "kedua", "text": "Paragraf satu.\n\nParagraf dua."},
        )

    def test_old_addresses_lead_here_and_related_links_become_ours(self):
        self.assertEqual(self.ingest(self.two_posts()), {"baru": 2})
        first, second = Story.objects.order_by("live_from")
        self.assertIn(f'data-story="{second.uid}"', first.body)
        self.assertIn("Yang kedua", self.page(first.get_absolute_url()))
        for old in ("/2020/05/pertama/", "/2020/05/pertama", "/2020/05/pertama/?utm=x", "/?p=1"):
            self.assertRedirects(self.client.get(old), first.get_absolute_url(), 301, fetch_redirect_response=False)
        self.assertEqual(self.client.get("/2020/05/ketiga/").status_code, 404)

    def test_a_second_run_changes_nothing_though_links_were_turned(self):
        path = self.two_posts()
        self.ingest(path)
        before = list(Story.objects.order_by("pk").values())
        self.assertEqual(self.ingest(path), {"tidak berubah": 2})
        self.assertEqual(list(Story.objects.order_by("pk").values()), before)
        self.assertFalse(Arrival.objects.filter(has_old_links=True).exists())

    def test_pages_sections_tags_and_authors_come_along(self):
        self.ingest(self.two_posts())
        first = Story.objects.order_by("live_from").first()
        self.assertIn("Tiga.", self.page(f"{first.get_absolute_url()}?page=2"))
        page = self.page(first.get_absolute_url())
        for words in ("Nina Yuniar", "Ekonomi", "Pasar", "Ringkas."):
            self.assertIn(words, page)

    def test_ghost_and_feeds_are_recognised_and_taken_in(self):
        ghost = """{"db": [{"meta": {"version": "5"}, "data": {"posts": [{"id": "1", "type": "post",
            "uuid": "6d2c5a5e-0f0e-4a07-9d6f-000000000001", "title": "Dari Ghost", "slug": "dari-ghost",
            "html": "<p>Isi <img src='__GHOST_URL__/content/images/a.jpg'></p>", "status": "published",
            "visibility": "public", "published_at": "2021-01-01T00:00:00.000Z",
            "updated_at": "2021-01-01T00:00:00.000Z"}], "users": [], "tags": [], "posts_tags": [],
            "posts_authors": []}}]}"""
        text = html.escape("<p>Isi dari umpan.</p>")
        feeds = {
            "rss.xml": f"""<rss version="2.0"><channel><title>U</title><link>https://u.example/</link>
                <item><title>Dari RSS</title><guid>https://u.example/1</guid><description>{text}</description>
                <pubDate>Thu, 19 Oct 2023 13:05:00 GMT</pubDate></item></channel></rss>""",
            "atom.xml": f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>U</title><id>urn:u</id>
                <updated>2023-10-19T13:05:00Z</updated><entry><id>urn:u:1</id><title>Dari Atom</title>
                <updated>2023-10-19T13:05:00Z</updated><content type="html">{text}</content></entry></feed>""",
            "feed.json": """{"version": "https://jsonfeed.org/version/1.1", "title": "U", "items": [{
                "id": "j1", "title": "Dari JSON Feed", "content_html": "<p>Isi.</p>",
                "date_published": "2023-10-19T13:05:00Z"}]}""",
        }
        for name, content in {"ghost.json": ghost, **feeds}.items():
            with self.subTest(name):
                self.assertEqual(self.ingest(self.file(content, name=name)), {"baru": 1})
        titles = set(Story.objects.values_list("headline", flat=True))
        self.assertEqual(titles, {"Dari Ghost", "Dari RSS", "Dari Atom", "Dari JSON Feed"})
        self.assertEqual(set(Story.objects.values_list("state", flat=True)), {State.RELEASED})
        rss = Story.objects.get(headline="Dari RSS")
        self.assertEqual(rss.first_published_at, PUBLISHED)
        self.assertIn("Isi dari umpan.", self.page(rss.get_absolute_url()))
