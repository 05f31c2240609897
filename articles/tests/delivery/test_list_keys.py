"""A cacheable page depends on every list of stories that it reads, with no line in its view; or it fails."""

from unittest import mock

from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache

from articles import tracking, urls
from articles.database.compiled import CompiledQuery
from articles.database.union import any_of, together
from articles.models import Credit, Person, ReadCount, Section, Story, TaggedStory
from articles.tracking import Untracked, cacheable
from articles.views.lists import live

from ..cases import DeliveryTestCase
from ..newsroom import NewsroomTestCase


def words(rows):
    return HttpResponse("\n".join(story.headline for story in rows))


def opinions(request):
    return words(live(request).filter(label="opinion"))


class NewView(DeliveryTestCase):
    """A view that a newcomer writes, at /new/."""

    def add(self, view):
        own = [path("new/", view), *urls.urlpatterns]
        self.enterContext(override_settings(ROOT_URLCONF=type("Urls", (), {"urlpatterns": own})))

    def assert_fails(self, because):
        with self.assertLogs("django.request", "ERROR") as told:
            self.assertEqual(self.ask("/new/")[0], 500)
        self.assertRegex(str(told.records[0].exc_info[1]), because)


class FreshListTest(NewView):
    def test_a_list_of_opinions_is_fresh_after_a_second_one(self):
        self.add(cacheable()(opinions))
        self.story("Pendapat pertama", label="opinion")
        self.assertEqual(self.ask("/new/")[2], b"Pendapat pertama")
        self.assertEqual(self.how("/new/"), "hit")
        self.story("Pendapat kedua", label="opinion", publish_at=timezone.now())
        self.assertEqual(self.ask("/new/")[2], b"Pendapat kedua\nPendapat pertama")

    def test_a_count_is_a_list_too(self):
        self.add(cacheable()(lambda request: HttpResponse(str(live(request).filter(label="opinion").count()))))
        self.assertEqual(self.ask("/new/")[2], b"0")
        self.story("Pendapat", label="opinion")
        self.assertEqual(self.ask("/new/")[2], b"1")

    def test_stories_asked_for_by_another_way_fail_and_the_query_is_named(self):
        self.add(cacheable()(lambda request: words(Story._base_manager.filter(label="opinion"))))
        self.assert_fails('no list of them is noted.*FROM "articles_story" WHERE')

    def test_a_condition_that_touches_no_list_fails_and_the_column_is_named(self):
        self.add(cacheable()(lambda request: words(live(request).filter(headline__contains="damai"))))
        self.assert_fails("articles_story.headline touches no list")

    def test_where_readers_are_served_such_a_page_is_not_held(self):
        self.add(cacheable()(lambda request: words(live(request).filter(headline__contains="damai"))))
        with self.settings(UNTRACKED_QUERIES_FAIL=False), self.assertLogs("articles", "ERROR"):
            self.assertEqual([self.how("/new/") for _ in range(2)], ["bypass", "bypass"])

    def test_a_page_that_is_not_held_may_ask_as_it_likes(self):
        self.add(lambda request: words(live(request).filter(headline__contains="damai")))
        self.assertEqual(self.how("/new/"), "bypass")


class CacheControlTest(NewView):
    def control(self, view):
        self.add(view)
        headers = self.ask("/new/")[1]
        return headers["Cache-Control"], headers["X-Page"], self.how("/new/")

    def test_a_view_says_how_long_shared_caches_keep_it(self):
        self.assertEqual(self.control(cacheable(shared=5)(opinions)), ("public, max-age=0, s-maxage=5", "miss", "hit"))

    def test_its_own_header_stands(self):
        for own in (cacheable()(cache_control(s_maxage=7)(opinions)), cache_control(s_maxage=7)(cacheable()(opinions))):
            self.assertEqual(self.control(own), ("s-maxage=7", "miss", "hit"))
            self.cache.store.clear()

    def test_what_is_for_one_reader_or_not_to_be_stored_is_not_held(self):
        for own in (cache_control(private=True), never_cache):
            self.assertEqual(self.control(cacheable()(own(opinions)))[1:], ("bypass", "bypass"))


class KeysTest(NewsroomTestCase):
    """The lists that a query reads, as narrow as its conditions."""

    def keys(self, *asked):
        """The keys of lists that asking gives to a page."""
        with tracking.tracked(is_page=False) as page:
            for rows in asked:
                rows() if callable(rows) else list(rows)
        return {key for key in page.keys if key.endswith("+")}

    def setUp(self):
        super().setUp()
        self.live = Story.objects.live(timezone.now())
        self.here = self.live.filter(edition=self.gorontalo)
        self.e, self.n = f"e{self.gorontalo.pk}+", f"n{self.dunia.pk}+"
        self.t, self.p, self.r = f"t{self.rusia.pk}+", f"p{self.nina.pk}+", f"r{self.perang.pk}+"

    def test_the_narrowest_list(self):
        for rows, keys in (
            (self.live, {"w+"}),
            (self.live.filter(edition__network=self.network), {"w+"}),
            (self.here, {self.e}),
            (self.here.filter(section=self.dunia), {self.n}),
            (self.here.filter(section__in=[self.dunia]), {self.n}),
            (self.here.filter(series=self.perang), {self.r}),
            (self.live.filter(tag_links__tag=self.rusia, tag_links__edition=self.gorontalo), {self.t}),
            (self.here.filter(credits__person=self.nina, credits__role="author"), {self.p}),
            (self.here.filter(tag_links__tag=self.rusia, credits__person=self.nina), {self.t, self.p}),
            (Credit.objects.filter(person=self.nina, edition=self.gorontalo), {self.p}),
            (self.here.filter(label="opinion") | self.live.filter(section=self.dunia), {self.e, self.n}),
            (self.here.exclude(section=self.dunia), {self.e}),
        ):
            with self.subTest(str(rows.query)):
                self.assertEqual(self.keys(rows), keys)

    def test_rows_that_are_asked_for_one_by_one_have_keys_of_their_own(self):
        story = self.story()
        address = {"edition": self.gorontalo, "day": story.day, "slug": story.slug}
        for rows in (
            self.live.filter(pk=story.pk),
            self.live.filter(uid__in=[story.uid]),
            self.live.filter(**address),
            Credit.objects.filter(story=story),
            Story.objects.filter(pk__in=[story.pk]).prefetch_related("credits", "tag_links", "corrections"),
        ):
            with self.subTest(str(rows.query)):
                self.assertEqual(self.keys(rows), set())
        self.assertEqual(self.keys(lambda: story.refresh_from_db(fields=["body"])), set())

    def test_a_list_within_a_query_counts(self):
        ranges = [self.here.filter(section=self.dunia).values("pk")[:3]]
        self.assertEqual(self.keys(lambda: list(self.here.filter(pk__in=any_of(ranges)))), {self.n})
        self.assertEqual(self.keys(self.here.filter(pk__in=any_of(ranges))), {self.e})  # read before the page began
        self.assertEqual(self.keys(lambda: together({"some": self.here.values("pk")[:3]})), {self.e})
        self.assertEqual(self.keys(ReadCount.objects.filter(story__in=self.here)), {self.e})

    def test_a_prepared_query_names_the_row_that_is_given(self):
        asked = CompiledQuery(lambda at, section: Story.objects.live(at).filter(section=section).values("pk")[:3])
        other = Section.objects.create(edition=self.gorontalo, name="Lain", slug="lain")
        for section in (self.dunia, other, self.dunia):
            given = {"at": timezone.now(), "section": section.pk}
            self.assertEqual(self.keys(lambda given=given: asked(**given)), {f"n{section.pk}+"})
            self.assertEqual(self.keys(lambda given=given: together({1: asked.sql(**given)})), {f"n{section.pk}+"})

    def test_what_need_not_be_fresh_says_why(self):
        self.assertEqual(self.keys(Story.objects.untracked("chosen once an hour").live(timezone.now())), set())

    def test_what_cannot_be_followed_fails(self):
        Person.objects.create(name="Budi", slug="budi")
        for rows in (
            self.here.filter(tag_links__tag__slug="rusia"),
            self.here.filter(credits__role="author"),
            self.here.order_by("headline"),
            self.here.order_by("?"),
            self.here.values_list("headline"),
            self.here.filter(section__slug="internasional"),
            TaggedStory.objects.filter(tag__name="Rusia"),
            Section.objects.filter(stories__label="opinion"),
            Person.objects.filter(credits__role="author"),
        ):
            with self.subTest(str(rows.query)), self.assertRaises(Untracked):
                self.keys(rows)

    def test_a_prepared_query_that_cannot_be_followed_fails_only_in_a_page(self):
        asked = CompiledQuery(lambda word: Story.objects.filter(headline=word))
        self.assertEqual(asked(word="damai"), [])
        with self.assertRaises(Untracked):
            self.keys(lambda: asked(word="damai"))

    def test_who_writes_meanwhile_is_not_asked(self):
        self.assertEqual(self.keys(lambda: Story.objects.filter(label="opinion").update(urgency=3)), set())

    def test_the_desk_is_not_asked(self):
        with mock.patch.object(tracking, "untracked") as untracked:
            list(self.here.filter(headline="damai"))
        untracked.assert_not_called()
