"""A page is cached until something on it changes: never stale, and not rendered without need."""

import collections
import datetime
import gzip

import pytest
import time_machine
from django.db import connection, models
from django.utils import timezone

from articles import publishing
from articles.database import invalidation
from articles.models import (
    Correction,
    Credit,
    Edition,
    FollowLink,
    Network,
    Owner,
    Person,
    Policy,
    Position,
    Section,
    Series,
    Slot,
    Story,
    StoryPhoto,
    Tag,
    TaggedStory,
    Touch,
)  # fmt: skip
from articles.models.correction import Kind
from articles.models.edition import Place

from ..addresses import not_among
from ..cases import HOUR, DeliveryTestCase
from ..newsroom import LATER, PUBLISHED, make_photo

AS_TEXT = ["/?view=text", "/latest/?view=text", "/people/nina-yuniar/?view=text"]
OF_LISTS = ["tag=rusia", "series=perang-rusia-ukraina", "person=nina-yuniar", "section=internasional"]
API = [
    "/api/v1/", "/api/v1/openapi.json", "/api/v1/stories/", "/api/v1/stories/?format=jsonfeed", "/api/v1/sections/",
    "/api/v1/tags/", "/api/v1/series/", "/api/v1/people/", *(f"/api/v1/stories/?{one}" for one in OF_LISTS),
]  # fmt: skip


class FreshPageTest(DeliveryTestCase):
    """Every field of everything that readers are shown is changed, one by one."""

    def setUp(self):
        super().setUp()
        self.face, self.inset = make_photo(colour="#112233"), make_photo(colour="#332211")
        Person.objects.filter(pk=self.nina.pk).update(portrait=self.face, bio="Menulis sejak lama.")
        Edition.objects.filter(pk=self.gorontalo.pk).update(
            logo=self.face, email="a@b.example", phone="1", tagline="Kita"
        )
        self.inner = Section.objects.create(edition=self.gorontalo, parent=self.dunia, name="Eropa", slug="eropa")
        Series.objects.filter(pk=self.perang.pk).update(introduction="Sejak Februari.")
        Policy.objects.create(
            edition=self.gorontalo, slug="etik", title="Kode etik", text="<p>Kami jujur.</p>", dated_on=PUBLISHED.date()
        )
        Position.objects.create(edition=self.gorontalo, person=self.nina, title="Reporter")
        Edition.objects.filter(pk=self.gorontalo.pk).update(email="redaksi@gorontalo.example")
        self.other = self.story("Kabar lain", series=self.perang, publish_at=PUBLISHED - HOUR)
        nodes = f'<aside data-story="{self.other.uid}"></aside><figure data-photo="{self.inset.uid}"></figure>'
        self.main = self.story(
            "Kabar utama", tags=[self.rusia], series=self.perang, lead_photo=self.lilin, place="Kyiv",
            section=self.inner, body=f"<p>Satu.</p>{nodes}",
        )  # fmt: skip
        StoryPhoto.objects.create(story=self.main, photo=self.face, caption="Di galeri.")
        Correction.objects.create(story=self.main, kind=Kind.CORRECTION, text="Tiga, bukan dua.", at=PUBLISHED)
        Slot.objects.create(
            edition=self.gorontalo, place=Place.LEAD, story=self.other, until_at=LATER, placed_at=PUBLISHED
        )
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        local = Section.objects.create(edition=jogja, name="Jogja", slug="jogja")
        self.apart = self.story("Tanpa kaitan", credited=False, section=local)
        Story.objects.filter(pk=self.apart.pk).update(edition=jogja)
        self.pages = [
            "/", self.main.get_absolute_url(), self.other.get_absolute_url(), "/latest/", "/latest/?network=1",
            "/popular/", "/section/internasional/", "/section/eropa/", "/tag/rusia/", "/series/perang-rusia-ukraina/",
            "/people/nina-yuniar/", "/archive/2023/10/", "/archive/2023/10/19/", "/masthead/", "/corrections/",
            "/policy/etik/", "/feed/", "/feed/json/", "/feed/network/", "/section/internasional/feed/",
            "/tag/rusia/feed/", "/series/perang-rusia-ukraina/feed/atom/", "/people/nina-yuniar/feed/",
            "/.well-known/tdmrep.json", "/.well-known/security.txt",
            "/corrections/feed/", "/robots.txt", "/sitemap.xml", "/sitemap-news.xml",
            "/sitemap-sections.xml", "/sitemap-2023-10.xml", "/sitemap-tags.xml", "/sitemap-people.xml",
            f"{self.main.get_absolute_url()}?view=text", f"/api/v1/stories/{self.main.uid}/", *API, *AS_TEXT,
        ]  # fmt: skip

    def hold_all(self):
        for address in self.pages:
            self.how(address)
        self.ask(self.apart.get_absolute_url(), host="jogja.localhost")

    def assert_fresh(self, what):
        stale = [address for address in self.pages if self.ask(address)[2] != self.rendered_now(address)]
        self.assertEqual(stale, [], f"Stale after {what}")

    def test_every_address_that_is_cached_is_asked_for(self):
        self.assertEqual(not_among(self.pages), NOT_CACHED, "add it to `pages`, or say why it is never cached")

    def rows(self):
        return [
            *Owner.objects.all(), *Network.objects.all(), *Section.objects.filter(edition=self.gorontalo),
            *FollowLink.objects.all(), *Policy.objects.all(), *Position.objects.all(), *Tag.objects.all(),
            *Series.objects.all(), *Correction.objects.all(), *Credit.objects.all(), *TaggedStory.objects.all(),
            *StoryPhoto.objects.all(), *Slot.objects.all(), self.nina, self.ananda, self.lilin, self.inset, self.face,
            self.gorontalo, self.main, self.other,
        ]  # fmt: skip

    def test_a_row_of_every_model_that_readers_see_is_changed(self):
        changed = {row._meta.db_table for row in self.rows()}
        self.assertEqual(changed, {invalidation.STORY, *invalidation.PLAIN, *invalidation.PARTS}, "add it to `rows`")

    def test_each_field_of_a_row_invalidates_what_all_of_them_do(self):
        """So that the walk below may change them together. The fields of a story differ: `field_uses`."""
        for row in self.rows():
            if not isinstance(row, Story):
                together = self.touched(row, others(row))
                for name, value in others(row).items():
                    self.assertEqual(self.touched(row, {name: value}), together, f"{row._meta.label}.{name}")

    def touched(self, row, values):
        last, rows = Touch.objects.latest("pk").pk, type(row).objects.filter(pk=row.pk)
        rows.update(**values)
        keys = set(Touch.objects.filter(pk__gt=last).values_list("key", flat=True)) - {"@"}  # of a moment: by the clock
        rows.update(**{name: getattr(row, name) for name in values})
        return keys

    def alike(self, row):
        """Changes of a row: the fields that invalidate the same are changed together."""
        found = collections.defaultdict(dict)
        for name, value in others(row).items():
            found[frozenset(self.touched(row, {name: value}))][name] = value
        return found.values()

    @pytest.mark.wide
    def test_whatever_is_changed_no_page_is_stale(self):
        self.hold_all()
        for row in self.rows():
            for change in self.alike(row) if row == self.main else [others(row)]:
                type(row).objects.filter(pk=row.pk).update(**change)
                self.assert_fresh(f"{row._meta.label}: {change}")

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_each_way_of_writing_counts(self):
        def by_sql(headline):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE articles_story SET headline = %s WHERE id = %s", [headline, self.main.pk])

        def by_save(headline):
            self.main.headline = headline
            self.main.save()

        def by_bulk(headline):
            self.main.headline = headline
            Story.objects.bulk_update([self.main], ["headline"])

        for number, way in enumerate((by_sql, by_save, by_bulk)):
            self.hold_all()
            way(f"Judul {number}")
            self.assertIn(f"Judul {number}".encode(), self.ask("/")[2])
            self.assert_fresh(way.__name__)

    @pytest.mark.wide
    def test_what_comes_and_goes(self):
        chief = self.somebody("admin")
        with time_machine.travel(timezone.now(), tick=False):  # popular stories are chosen anew each minute
            self.hold_all()
            new = self.draft("Kabar baru", tags=[self.rusia], series=self.perang, section=self.inner)
            again = [address for address in self.pages if self.how(address) != "hit"]
        self.assertEqual(again, [], "Rendered again because of a draft")
        for what, change in (
            ("a release", lambda: publishing.release(new, chief, timezone.now())),
            ("a correction", lambda: publishing.correct(new, chief, timezone.now(), Kind.ERRATUM, "Salah ketik.")),
            ("a tag more", lambda: TaggedStory.objects.create(content_object=self.other, tag=self.rusia)),
            ("a tag less", lambda: TaggedStory.objects.filter(content_object=self.main).delete()),
            ("a credit less", lambda: Credit.objects.filter(story=self.main, person=self.nina).delete()),
            ("a photo less", lambda: StoryPhoto.objects.all().delete()),
            ("a withdrawal", lambda: publishing.withdraw(self.other, chief, timezone.now(), "child")),
            ("a section more", lambda: Section.objects.create(edition=self.gorontalo, name="Baru", slug="baru")),
            ("a link less", lambda: FollowLink.objects.all().delete()),
        ):
            change()
            self.assert_fresh(what)

    def test_what_has_nothing_to_do_with_a_change_is_not_printed_again(self):
        self.hold_all()
        Story.objects.filter(pk=self.main.pk).update(headline="Lain")
        for address in ("/masthead/", "/policy/etik/", "/robots.txt"):
            self.assertEqual(self.how(address), "hit", address)
        self.assertEqual(self.ask(self.apart.get_absolute_url(), host="jogja.localhost")[1]["X-Page"], "hit")

    def test_a_new_story_makes_others_be_put_together_not_printed(self):
        self.hold_all()
        address = self.story("Tanpa seri", publish_at=PUBLISHED - 2 * HOUR).get_absolute_url()
        self.how(address)
        self.story("Paling baru", publish_at=timezone.now())
        status, headers, body = self.ask(address, accept_encoding="gzip")
        self.assertEqual((status, headers["X-Page"]), (200, "put together"))
        self.assertIn("Paling baru", gzip.decompress(body).decode())
        self.assertEqual(self.how(address), "hit")


def others(row):
    values = {field.attname: another(row, field) for field in row._meta.concrete_fields}
    return {name: value for name, value in values.items() if value is not None}


def another(row, field):
    """Another value for a field, of its kind; None for what has no other here, or makes no sense alone."""
    value = field.value_from_object(row)
    if field.primary_key or field.generated or not field.serialize or field.unique or field.name in KEPT:
        return None
    if field.choices:
        return next((one for one, _label in field.flatchoices if one not in (value, "")), None)
    if field.name in WORDS:
        return WORDS[field.name]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField | models.DateField):
        return (value or PUBLISHED.date()) + datetime.timedelta(days=1) if value else None
    if isinstance(field, models.IntegerField | models.FloatField):
        return value / 2 if isinstance(field, models.FloatField) else value + 1
    if isinstance(field, models.ForeignKey):
        return None
    if isinstance(field, models.JSONField | models.UUIDField | models.FileField):
        return None
    return "#00aa11" if field.name.startswith("accent") else f"{value}x"[-(field.max_length or 999) :]


# Rendered at each request, or of a name that changes with the content.
NOT_CACHED = {
    "search",
    "api_search",
    "rendition",
    "card",
    "ninjs",
    "embed",
    "edition_style",
    "preview",
    "preview_photo",
}

# Rules of the database allow no other value alone, or the address of a page in the list would move.
KEPT = {"slug", "state", "day", "host", "is_default", "language", "time_zone", "hash", "reason", "width", "height"}

# Fields that take some words only.
WORDS = {"covers": "ethics", "embed_providers": "youtube", "tdm_policy": "https://a.example/"}
