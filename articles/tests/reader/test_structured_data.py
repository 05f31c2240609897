"""What pages say to machines in JSON-LD, and in which types and properties of schema.org: one test a rule."""

import datetime
import html
import json
import re

from django.utils import timezone

from articles import photos
from articles.models import Correction, Credit, Edition, Person, Policy, Section, Series, Story
from articles.models.person import Role

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

IMAGE = {"url", "width", "height", "creditText", "creator", "copyrightNotice", "license", "acquireLicensePage"}
PAPER = {
    "@id", "name", "url", "legalName", "slogan", "address", "email", "telephone", "logo", "parentOrganization",
    "sameAs", "masthead", "correctionsPolicy", "ethicsPolicy", "actionableFeedbackPolicy", "ownershipFundingInfo",
    "unnamedSourcesPolicy", "verificationFactCheckingPolicy",
}  # fmt: skip
ARTICLE = {
    "mainEntityOfPage", "url", "headline", "description", "image", "datePublished", "dateModified", "author", "editor",
    "contributor", "translator", "publisher", "inLanguage", "articleSection", "keywords", "locationCreated",
    "isAccessibleForFree", "isPartOf", "correction", "genre", "sponsor",
}  # fmt: skip
PAGE = {"url", "name", "description", "inLanguage", "publisher", "mainEntity"}
# Every type that a page may use, and the properties that it may have there. Whatever else is said, fails.
ALLOWED = {
    "NewsArticle": ARTICLE,
    "OpinionNewsArticle": ARTICLE,
    "AdvertiserContentArticle": ARTICLE,
    "NewsMediaOrganization": PAPER,
    "Organization": {"name", "parentOrganization"},
    "WebSite": {"name", "url", "inLanguage", "publisher"},
    "CollectionPage": PAGE,
    "ProfilePage": PAGE - {"name", "description"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name", "item", "url"},
    "Person": {"name", "url", "jobTitle", "description", "image"},
    "ImageObject": IMAGE,
    "Place": {"name"},
    "CreativeWorkSeries": {"name", "url"},
    "CorrectionComment": {"text", "datePublished", "url"},
    "LiveBlogPosting": {
        "url", "headline", "description", "inLanguage", "author", "publisher", "coverageStartTime", "coverageEndTime",
        "datePublished", "dateModified", "liveBlogUpdate",
    },
    "BlogPosting": {"url", "headline", "articleBody", "datePublished", "author"},
}  # fmt: skip
POLICIES = [name for name in sorted(PAPER) if name.endswith("Policy") or name in ("masthead", "ownershipFundingInfo")]
ROOT = "http://gorontalo.localhost:8000"
NASTY = '</script><script>alert(1)</script> & <!-- \u2028\u2029 "kutip" 😀'


def objects(data):
    """Every object within a value, the outermost first."""
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from objects(part)


class StructuredDataTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Edition.objects.filter(pk=cls.gorontalo.pk).update(email="a@b.example", tagline="Kabar", logo=make_photo())
        for number, covers in enumerate(["ethics sources", "verification"]):
            fields = {"slug": f"p{number}", "title": covers, "text": "<p>Kami jujur.</p>", "dated_on": PUBLISHED.date()}
            Policy.objects.create(edition=cls.gorontalo, covers=covers, **fields)
        cls.inner = Section.objects.create(edition=cls.gorontalo, parent=cls.dunia, name="Eropa", slug="eropa")
        fields = {"tags": [cls.rusia], "series": cls.perang, "lead_photo": cls.lilin, "place": "Kyiv"}
        cls.full = cls.story("Semua ada", section=cls.inner, **fields)

    def told(self, address):
        """[what each element of a page says], each with types and properties of the list alone and nothing empty."""
        page = self.page(address)
        said = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
        modules = page.count('<script type="module" ')
        self.assertEqual(page.count("<script") - modules, len(said), address)
        for one in said:
            self.assertEqual(one.pop("@context"), "https://schema.org")
            for each in objects(one):
                kind = each.get("@type")
                self.assertLessEqual(each.keys() - {"@type"}, ALLOWED[kind] if kind else {"@id"}, (address, kind))
                self.assertNotIn(None, [value or None for value in each.values()], (address, each))
        return said

    def article(self, story):
        return self.told(story.get_absolute_url())[0]

    def test_a1_one_article_a_page_of_the_type_that_is_true_and_whatever_a_headline_holds(self):
        for label, kind in {
            "news": "NewsArticle",
            "opinion": "OpinionNewsArticle",
            "feature": "NewsArticle",
            "photo-story": "NewsArticle",
            "advertorial": "AdvertiserContentArticle",
            "unverified": "NewsArticle",
        }.items():
            story = self.story(f"{label} {NASTY}", slug=label, label=label, standfirst=NASTY, tags=[])
            said = self.told(story.get_absolute_url())
            self.assertEqual([one["@type"] for one in said], [kind, "BreadcrumbList"])
            self.assertEqual(said[0]["headline"], Story.objects.get(pk=story.pk).headline)

    def test_a2_it_has_what_search_engines_ask_for(self):
        article = self.article(self.full)
        wanted = {
            "headline": "Semua ada", "mainEntityOfPage": ROOT + self.full.get_absolute_url(), "inLanguage": "id",
            "articleSection": "Eropa", "isAccessibleForFree": True, "keywords": ["Rusia"],
            "locationCreated": {"@type": "Place", "name": "Kyiv"},
            "isPartOf": {"@type": "CreativeWorkSeries", "name": "Perang Rusia Ukraina",
                         "url": f"{ROOT}/series/perang-rusia-ukraina/"},
        }  # fmt: skip
        self.assertEqual({name: article[name] for name in wanted}, wanted)
        paged = self.story("Panjang", body="<p>Satu.</p><hr><p>Dua.</p>").get_absolute_url()
        for query in ("", "?page=2", "?page=all"):
            self.assertEqual(self.told(paged + query)[0]["mainEntityOfPage"], f"{ROOT}{paged}?page=all")

    def test_a3_its_pictures_are_renditions_in_three_shapes_and_never_wider_than_the_original(self):
        images = self.article(self.full)["image"]
        sizes = [(image["width"], image["height"]) for image in images]
        self.assertEqual(sizes, [(1280, 720), (1200, 900), (1000, 1000)])
        for image in images:
            self.assertEqual((image["creditText"], image["creator"]["name"]), ("AFP/BAY ISMOYO", "BAY ISMOYO"))
            found = photos.Rendition.parse(image["url"].rpartition("/")[2])
            self.assertTrue(photos.is_offered(self.lilin, found))
            self.assertEqual(self.client.get(image["url"].removeprefix(ROOT))["Content-Type"], "image/jpeg")
        ended = make_photo(colour="#112233", rights_end_at=timezone.now() - datetime.timedelta(days=1))
        for story in (self.story("Tanpa foto"), self.story("Hak berakhir", lead_photo=ended)):
            self.assertNotIn("image", self.article(story))

    def test_a4_its_times_have_a_zone_and_are_those_that_readers_see(self):
        later = PUBLISHED + datetime.timedelta(hours=1)
        changed = self.story("Berubah", updated_at=later, changed_at=later)
        slip = self.story("Salah ketik", changed_at=later)
        times = {"Berubah": "2023-10-19T22:05:00+08:00", "Salah ketik": "2023-10-19T21:05:00+08:00"}
        for story in (changed, slip):
            article = self.article(story)
            self.assertEqual(article["datePublished"], "2023-10-19T21:05:00+08:00")
            self.assertEqual(article["dateModified"], times[story.headline])
            for time in (article["datePublished"], article["dateModified"]):
                self.assertIn(f'datetime="{time}"', self.page(story.get_absolute_url()))

    def test_a5_its_authors_are_those_of_the_byline_by_name_alone_each_with_a_page_that_lists_it(self):
        other = Person.objects.create(name="Ridwan & Lahay", slug="ridwan-lahay", title="Reporter")
        Credit.objects.create(story=self.full, person=other, role=Role.AUTHOR, order=2)
        article = self.article(self.full)
        self.assertEqual([one["name"] for one in article["author"]], ["Nina Yuniar", "Ridwan & Lahay"])
        self.assertEqual([one["name"] for one in article["editor"]], ["Ananda Putri Octaviani"])
        for author in article["author"]:
            self.assertIn(self.full.get_absolute_url(), self.page(author["url"].removeprefix(ROOT)))
        [author] = self.article(self.story("Tanpa penulis", credited=False))["author"]
        self.assertEqual((author["@type"], author["name"]), ("NewsMediaOrganization", "TribunGorontalo.com"))

    def test_a6_each_correction_on_the_page_is_told_but_a_reply_is_not_a_mistake_of_ours(self):
        for kind in ("erratum", "correction", "reply"):
            Correction.objects.create(story=self.full, kind=kind, text=f"Teks {kind} & <b>.", at=PUBLISHED)
        page = html.unescape(self.page(self.full.get_absolute_url()))
        told = self.article(self.full)["correction"]
        self.assertEqual([one["text"] for one in told], ["Teks erratum & <b>.", "Teks correction & <b>."])
        for one in told:
            self.assertEqual(one["datePublished"], "2023-10-19T21:05:00+08:00")
            self.assertIn(one["text"], page)
            self.assertIn(f'id="{one["url"].partition("#")[2]}"', page)

    def test_a7_the_paper_names_its_rules_each_on_a_page_that_is_there(self):
        paper, site = self.told("/")
        self.assertEqual((paper["@type"], site["@type"]), ("NewsMediaOrganization", "WebSite"))
        self.assertEqual(self.article(self.full)["publisher"], paper)
        self.assertEqual(sorted(paper.keys() & set(POLICIES)), POLICIES)
        self.assertEqual(paper["ethicsPolicy"], f"{ROOT}/policy/p0/")
        for name in POLICIES:
            self.page(paper[name].removeprefix(ROOT))
        Policy.objects.all().delete()
        Edition.objects.update(email="")
        rules = set(POLICIES) & self.told("/")[0].keys()
        self.assertEqual(rules, {"masthead", "ownershipFundingInfo", "correctionsPolicy"})

    def test_who_paid_is_told_where_the_page_tells_it(self):
        paid = self.story("Tabungan", label="advertorial", sponsor="Bank Contoh")
        self.assertEqual(self.article(paid)["sponsor"], {"@type": "Organization", "name": "Bank Contoh"})
        news = self.story("Kabar bank", sponsor="Bank Contoh")
        self.assertNotIn("sponsor", self.article(news))

    def test_pages_about_the_paper_say_where_they_lie(self):
        for address, name in {
            "/masthead/": "Boks redaksi",
            "/policy/p0/": "ethics sources",
            "/corrections/": "Ralat dan Koreksi",
            "/api/v1/": "Untuk program: API",
        }.items():
            way = self.told(address)[-1]["itemListElement"]
            self.assertEqual([(step["name"], step["item"]) for step in way[1:]], [(name, ROOT + address)])
        self.assertEqual(self.told("/masthead/")[0], self.told("/")[0])

    def test_lists_and_people_say_what_they_are_and_where_they_lie(self):
        here = ROOT + self.full.get_absolute_url()
        for address in (
            "/section/eropa/",
            "/tag/rusia/",
            "/series/perang-rusia-ukraina/",
            "/latest/",
            "/archive/2023/10/",
        ):
            page, way = self.told(address)
            self.assertEqual((page["@type"], page["url"]), ("CollectionPage", ROOT + address))
            self.assertEqual([item["url"] for item in page["mainEntity"]["itemListElement"]], [here])
            self.assertEqual(way["itemListElement"][-1]["item"], ROOT + address)
        steps = [step["name"] for step in self.told("/section/eropa/")[1]["itemListElement"]]
        self.assertEqual(steps, ["TribunGorontalo.com", "Internasional", "Eropa"])
        steps = [step["name"] for step in self.told(self.full.get_absolute_url())[1]["itemListElement"]]
        self.assertEqual(steps, ["TribunGorontalo.com", "Internasional", "Eropa", "Semua ada"])
        person = self.told("/people/nina-yuniar/")[0]["mainEntity"]
        self.assertEqual((person["name"], person["jobTitle"]), ("Nina Yuniar", "Reporter"))
        self.assertEqual(self.told("/search/?q=ada"), [])

    def test_live_coverage_is_told_beside_the_list(self):
        ends = PUBLISHED + datetime.timedelta(hours=1)
        Series.objects.filter(pk=self.perang.pk).update(coverage_starts_at=PUBLISHED, coverage_ends_at=ends)
        kinds = [said["@type"] for said in self.told("/series/perang-rusia-ukraina/")]
        self.assertEqual(kinds, ["CollectionPage", "BreadcrumbList", "LiveBlogPosting"])

    def test_a_preview_says_nothing_to_machines(self):
        self.client.force_login(self.somebody("admin"))
        story = self.draft()
        page = self.page(f"/admin/articles/story/{story.pk}/preview/")
        self.assertIn("preview-ribbon", page)
        self.assertNotIn("ld+json", page)
