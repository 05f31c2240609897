"""Two tags, two series, or two rows of one person become one; whoever knew the first finds the second."""

import datetime

import pytest

from articles import publishing
from articles.models import (
    Assignment,
    AuditEntry,
    Credit,
    FormerKey,
    Person,
    Section,
    Series,
    SourcePerson,
    Story,
    Tag,
    TaggedStory,
)
from articles.models.wire.source import SourceTag

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED, NewsroomTestCase

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

TAGS, SERIES, PEOPLE = "/admin/articles/tag/", "/admin/articles/series/", "/admin/articles/person/"


class MergeTestCase(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.federasi = Tag.objects.create(name="Federasi Rusia", slug="federasi-rusia")
        self.one = self.story("Satu", tags=[self.federasi])
        self.both = self.story("Dua", tags=[self.rusia, self.federasi])
        self.chief = self.somebody("chief")
        self.client.force_login(self.chief)

    def press(self, list_address, into, *rows, **more):
        chosen = {"action": "merge", "_selected_action": [row.pk for row in (into, *rows)]}
        return self.client.post(list_address, chosen | {"_merge": "1", "into": into.pk} | more)


class MergeTagsTest(MergeTestCase):
    def test_the_page_counts_the_stories_and_changes_nothing(self):
        chosen = {"action": "merge", "_selected_action": [self.rusia.pk, self.federasi.pk]}
        page = self.client.post(TAGS, chosen).text
        self.assertIn("Federasi Rusia – 2 berita – /federasi-rusia/", page)
        self.assertIn("Rusia – 1 berita – /rusia/", page)
        self.assertEqual(Tag.objects.count(), 2)

    def test_stories_addresses_and_ids_lead_to_the_other(self):
        self.federasi.former_slugs.create(slug="rusia-raya")
        SourceTag.objects.create(row=self.federasi, uid=self.federasi.uid, uri="tag:rusia")
        self.assertRedirects(self.press(TAGS, self.rusia, self.federasi), TAGS)
        self.assertEqual([tag.name for tag in Tag.objects.all()], ["Rusia"])
        for story in (self.one, self.both):
            self.assertEqual([link.tag for link in story.tag_links.all()], [self.rusia])
        for slug in ("federasi-rusia", "rusia-raya"):
            self.assertRedirects(self.client.get(f"/tag/{slug}/"), "/tag/rusia/", 301)
        self.assertEqual(SourceTag.objects.get().row, self.rusia)

    def test_a_revision_of_before_brings_back_the_other(self):
        publishing.record(self.one, self.chief, PUBLISHED)
        self.press(TAGS, self.rusia, self.federasi)
        references = publishing.References(self.one.revisions.get().snapshot)
        self.assertEqual((references.snapshot["tags"], references.missing), ([str(self.rusia.uid)], []))

    def test_a_chain_of_merges_leads_to_the_last(self):
        moskow = Tag.objects.create(name="Moskow", slug="moskow")
        self.press(TAGS, self.federasi, moskow)
        self.press(TAGS, self.rusia, self.federasi)
        self.assertEqual({row.uid for row in FormerKey.objects.all()}, {self.rusia.uid})
        self.assertRedirects(self.client.get("/tag/moskow/"), "/tag/rusia/", 301)

    def test_the_audit_log_has_who_merged_what_into_what(self):
        self.press(TAGS, self.rusia, self.federasi)
        entry = AuditEntry.objects.get(action="merged")
        self.assertEqual((entry.account, entry.kind, entry.key), ("chief", "tag", "federasi-rusia/rusia"))

    def test_nobody_merges_tags_of_an_edition_where_they_may_not_delete(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        section = Section.objects.create(edition=jogja, name="Jogja", slug="jogja")
        self.story("Lain", edition=jogja, section=section, tags=[self.federasi])
        self.assertEqual(self.press(TAGS, self.rusia, self.federasi).status_code, 403)
        self.client.force_login(self.somebody("editor"))
        self.press(TAGS, self.rusia, self.federasi)
        self.assertEqual(Tag.objects.count(), 2)

    def test_one_alone_is_nothing_to_merge(self):
        page = self.client.post(TAGS, {"action": "merge", "_selected_action": [self.rusia.pk]}, follow=True).text
        self.assertIn("dua sampai 20", page)

    def test_a_name_that_a_story_protects_does_not_come_by_a_merge(self):
        Story.objects.filter(pk=self.one.pk).update(protected_names="Kucingmerah")
        secret = Tag.objects.create(name="Kucingmerah", slug="kucingmerah")
        self.assertIn("Kucingmerah", self.press(TAGS, secret, self.federasi).text)
        self.assertEqual([link.tag for link in self.one.tag_links.all()], [self.federasi])


class MergeSeriesTest(MergeTestCase):
    def setUp(self):
        super().setUp()
        self.ukraina = Series.objects.create(kicker="Perang Ukraina", slug="perang-ukraina")
        self.part = self.story("Bagian", series=self.ukraina)

    def test_stories_addresses_and_ids_lead_to_the_other(self):
        self.assertRedirects(self.press(SERIES, self.perang, self.ukraina), SERIES)
        self.part.refresh_from_db()
        self.assertEqual((self.part.series, self.part.version), (self.perang, 2))
        self.assertRedirects(self.client.get("/series/perang-ukraina/"), "/series/perang-rusia-ukraina/", 301)

    def test_a_series_that_began_after_a_story_is_refused(self):
        Series.objects.filter(pk=self.perang.pk).update(day_one=PUBLISHED.date() + datetime.timedelta(days=1))
        self.assertIn("Hari pertama paling lambat", self.press(SERIES, self.perang, self.ukraina).text)
        self.assertTrue(Series.objects.filter(pk=self.ukraina.pk).exists())


class MergePeopleTest(MergeTestCase):
    """An import brings "Nina Y." beside Nina Yuniar, who has a sign-in."""

    def setUp(self):
        super().setUp()
        self.account = self.somebody("reporter", name="nina-masuk")
        Person.objects.filter(pk=self.nina.pk).update(user=self.account)
        self.imported = Person.objects.create(name="Nina Y.", slug="nina-y", title="Wartawan")
        self.theirs = self.story("Tiga")
        self.theirs.credits.all().delete()
        Credit.objects.create(story=self.theirs, person=self.imported, role="author")
        Credit.objects.create(story=self.one, person=self.imported, role="author")

    def test_credits_places_and_addresses_lead_to_the_other(self):
        for person in (self.nina, self.imported):
            self.gorontalo.positions.create(person=person, title="Reporter")
        SourcePerson.objects.create(row=self.imported, uid=self.imported.uid, uri="https://lama.example/#author:nina")
        self.assertRedirects(self.press(PEOPLE, self.nina, self.imported), PEOPLE)
        self.assertFalse(Person.objects.filter(pk=self.imported.pk).exists())
        for story in (self.theirs, self.one):
            self.assertEqual([credit.person for credit in story.credits.filter(role="author")], [self.nina])
        self.assertEqual([place.person for place in self.gorontalo.positions.all()], [self.nina])
        self.assertRedirects(self.client.get(self.imported.get_absolute_url()), self.nina.get_absolute_url(), 301)
        self.assertEqual(SourcePerson.objects.get().row, self.nina)

    def test_what_the_other_lacks_is_told_of_her_and_her_sign_in_stays(self):
        Person.objects.filter(pk=self.nina.pk).update(title="", bio="Menulis dari Gorontalo.")
        Person.objects.filter(pk=self.imported.pk).update(bio="Lain.")
        self.press(PEOPLE, self.nina, self.imported)
        self.nina.refresh_from_db()
        self.assertEqual((self.nina.title, self.nina.bio), ("Wartawan", "Menulis dari Gorontalo."))
        self.assertEqual(self.nina.user, self.account)

    def test_whoever_signs_in_is_never_the_one_that_goes(self):
        self.assertIn("akun", self.press(PEOPLE, self.imported, self.nina).text)
        self.assertTrue(Person.objects.filter(pk=self.nina.pk).exists())
        self.assertEqual([credit.person for credit in self.theirs.credits.all()], [self.imported])

    def test_an_assignment_of_hers_is_given_to_her_account(self):
        at = PUBLISHED + datetime.timedelta(days=1)
        one = Assignment.objects.create(headline="Banjir", section=self.dunia, due_at=at, created_at=PUBLISHED)
        one.assignees.create(person=self.imported)
        self.press(PEOPLE, self.nina, self.imported)
        self.assertEqual([(who.user, who.person) for who in one.assignees.all()], [(self.account, None)])

    def test_nobody_becomes_the_only_author_and_the_only_editor_of_a_story(self):
        Credit.objects.create(story=self.theirs, person=self.nina, role="editor")
        self.assertIn("Tiga", self.press(PEOPLE, self.nina, self.imported).text)
        self.assertTrue(Person.objects.filter(pk=self.imported.pk).exists())
        Credit.objects.create(story=self.theirs, person=self.ananda, role="editor")
        self.press(PEOPLE, self.nina, self.imported)
        self.assertFalse(Person.objects.filter(pk=self.imported.pk).exists())

    def test_a_revision_and_the_audit_log_know_the_one_that_went(self):
        publishing.record(self.theirs, self.chief, PUBLISHED)
        uids = f"{self.imported.uid}/{self.nina.uid}"
        self.press(PEOPLE, self.nina, self.imported)
        references = publishing.References(self.theirs.revisions.get().snapshot)
        self.assertEqual(references.snapshot["credits"], [[str(self.nina.uid), "author"]])
        entry = AuditEntry.objects.get(action="merged")
        self.assertEqual((entry.account, entry.kind, entry.key), ("chief", "person", uids))


class FreshAfterMergeTest(DeliveryTestCase):
    def test_cards_lists_and_the_story_show_the_other_at_once(self):
        federasi = Tag.objects.create(name="Federasi Rusia", slug="federasi-rusia")
        story = self.story("Satu", tags=[federasi])
        pages = ["/", story.get_absolute_url(), "/tag/rusia/", "/tag/federasi-rusia/"]
        for page in pages:
            self.how(page)
        publishing.merge(federasi, self.rusia, None)
        for page in pages:
            self.assertEqual(self.ask(page)[2], self.rendered_now(page), page)
        self.assertIn(b"/tag/rusia/", self.ask(story.get_absolute_url())[2])
        self.assertFalse(TaggedStory.objects.filter(tag=federasi.pk).exists())
