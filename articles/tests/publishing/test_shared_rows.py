"""What many stories share: not taken away under those that readers have, and not deleted without a word."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import publishing
from articles.models import Address, Credit, Person, Photo, Section, Series, Story, StoryPhoto
from articles.models.story import State

from ..cases import DeskTest
from ..newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class SharedRowsTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jogja = cls.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        cls.kota = Section.objects.create(edition=cls.jogja, name="Kota", slug="kota")

    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def change(self, row, **fields):
        """What the form of a row says to a change: its errors, all in one text; empty if it was saved."""
        address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
        page = self.client.get(address)
        form = page.context["adminform"].form
        posted = {name: form[name].value() for name in form.fields if name not in ("file", "rights_end_at", "taken_at")}
        for inline in page.context["inline_admin_formsets"]:
            posted |= {f"{inline.formset.prefix}-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
        posted = {name: value for name, value in {**posted, **fields}.items() if value is not None}
        response = self.client.post(address, posted)
        return "" if response.status_code == 302 else str(response.context["adminform"].form.errors)

    @pytest.mark.wide
    def test_the_words_of_a_photo_that_readers_see_are_not_emptied(self):
        self.story("Dengan lilin", lead_photo=self.lilin)
        for emptied in ({"alt": ""}, {"caption": ""}, {"agency": "", "photographer": ""}, {"caption": "   "}):
            told = self.change(self.lilin, **emptied)
            self.assertIn("Dengan lilin", told, emptied)
        self.assertEqual(self.change(self.lilin, alt="Lain", caption="Lain", agency=""), "")
        self.assertEqual(self.change(self.lilin, alt="", is_decorative="on"), "")

    def test_a_caption_of_its_own_use_lets_the_photos_go_in_the_lead_the_gallery_and_the_text(self):
        figure = '<figure data-photo="{}"><figcaption>{}</figcaption></figure>'.format
        captioned = self.story(
            "Sendiri", lead_photo=self.lilin, lead_caption="Keterangan", body=figure(self.lilin.uid, "x")
        )
        StoryPhoto.objects.create(story=captioned, photo=self.lilin, caption="Sendiri")
        self.assertEqual(self.change(self.lilin, caption=""), "")
        Photo.objects.filter(pk=self.lilin.pk).update(caption="Kembali")
        self.story("Dalam teks", body=figure(self.lilin.uid, ""))
        self.assertIn("Dalam teks", self.change(self.lilin, caption=""))

    def test_drafts_keep_nobody_from_it_and_what_was_lacking_already_may_lack_on(self):
        draft = self.draft()
        self.assertEqual(self.change(self.lilin, alt=""), "")
        Story.objects.filter(pk=draft.pk).update(state=State.RELEASED, publish_at=PUBLISHED, day=PUBLISHED.date())
        self.assertEqual(self.change(self.lilin, caption="Diperbaiki"), "")

    def test_stories_of_another_desk_are_counted_and_not_named(self):
        for number in range(5):
            self.story(f"Terang {number}", lead_photo=self.lilin)
        self.story("Rahasia", edition=self.jogja, section=self.kota, lead_photo=self.lilin)
        told = self.change(self.lilin, alt="")
        self.assertNotIn("Rahasia", told)
        self.assertIn("dan 3 lainnya", told)

    @pytest.mark.wide
    def test_the_masthead_of_an_edition_that_readers_have_stays_whole(self):
        story = self.story(lead_photo=self.lilin)
        for emptied in ({"company": ""}, {"address": " "}, {"responsible": ""}):
            self.assertIn(story.headline, self.change(self.gorontalo, **emptied), emptied)
        self.post(story, headline="Salah ketik diperbaiki")
        self.assertEqual(story.headline, "Salah ketik diperbaiki")

    def test_a_section_with_stories_stays_in_its_edition(self):
        self.client.force_login(self.somebody("admin"))
        self.story("Tetap di sini")
        self.assertIn("Tetap di sini", self.change(self.dunia, edition=self.jogja.pk))

    def test_day_one_does_not_move_past_an_installment(self):
        story = self.story("Bagian pertama", series=self.perang)
        told = self.change(self.perang, day_one="2023-10-21")
        self.assertIn("Bagian pertama", told)
        self.assertIn("19 Oktober 2023", told)
        self.assertEqual(self.change(self.perang, day_one="2023-10-19"), "")
        Series.objects.update(day_one=datetime.date(2023, 10, 25))
        self.assertIsNone(Story.objects.get(pk=story.pk).day_number)
        self.assertNotIn("Hari Ke", self.page(story.get_absolute_url()))

    def test_no_tag_and_no_series_is_renamed_to_whom_a_story_protects(self):
        self.story(tags=[self.rusia], series=self.perang, protected_names="Bunga Melati")
        for row, field in ((self.rusia, "name"), (self.perang, "kicker")):
            self.assertIn("Bunga Melati", self.change(row, **{field: "Kasus Bunga Melati"}))

    # Deleting -------------------------------------------------------------------------------

    def delete(self, row):
        """What the desk says to a row's deletion by its page and by the list; empty if it is gone."""
        name = f"admin:articles_{row._meta.model_name}"
        one = self.client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})
        if one.status_code == 302:
            return ""
        several = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        many = self.client.post(reverse(f"{name}_changelist"), several)
        self.assertTrue(type(row).objects.filter(pk=row.pk).exists())
        told = [" / ".join(map(str, page.context["protected"])) for page in (one, many) if page.context]
        self.assertEqual(len(set(told)), 1, told)
        return told[0]

    @pytest.mark.wide
    def test_what_is_in_use_is_not_deleted_and_says_by_whom(self):
        self.client.force_login(self.somebody("admin"))
        settles = self.draft("Yang memastikan")
        story = self.story("Yang memakai", series=self.perang, tags=[self.rusia], verified_in=settles)
        logo, portrait, in_text = (make_photo(colour=colour) for colour in ("#110000", "#220000", "#330000"))
        self.gorontalo.logo, self.nina.portrait = logo, portrait
        self.gorontalo.save()
        self.nina.save()
        Story.objects.filter(pk=story.pk).update(body=f'<figure data-photo="{in_text.uid}"></figure>')
        for row, user in (
            (self.perang, "Yang memakai"), (self.rusia, "Yang memakai"), (settles, "Yang memakai"),
            (in_text, "Yang memakai"), (self.nina, "Yang memakai"), (logo, "TribunGorontalo.com"),
            (portrait, "Nina Yuniar"), (self.dunia, "Yang memakai"),
        ):  # fmt: skip
            self.assertIn(user, self.delete(row), row)

    def test_so_it_says_to_those_who_may_not_delete_a_released_story(self):
        self.client.force_login(self.somebody("chief", name="redaktur"))
        self.story("Yang memakai", series=self.perang, tags=[self.rusia])
        for row in (self.perang, self.rusia):
            page = self.client.get(reverse(f"admin:articles_{row._meta.model_name}_delete", args=[row.pk]))
            self.assertContains(page, "Yang memakainya:")
            self.assertContains(page, "“Yang memakai”")

    def test_many_who_use_it_are_read_together_and_the_first_of_them_named(self):
        for number in range(25):
            self.story(f"Berita {number}", tags=[self.rusia])
        with CaptureQueriesContext(connection) as queries:
            told = self.delete(self.rusia)
        self.assertIn("dan 5 lainnya", told)
        stories = [query for query in queries if 'FROM "articles_story"' in query["sql"]]
        self.assertLess(len(stories), 12)

    def test_a_sign_in_that_is_somebodys_is_not_deleted(self):
        user = self.somebody("reporter")
        Person.objects.filter(pk=self.nina.pk).update(user=user)
        self.client.force_login(self.somebody("admin"))
        page = self.client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"})
        self.assertIn("Nina Yuniar", " ".join(map(str, page.context["protected"])))

    def test_who_uses_it_at_another_desk_is_counted_and_not_named(self):
        self.story("Rahasia", edition=self.jogja, section=self.kota, tags=[self.rusia])
        told = self.delete(self.rusia)
        self.assertNotIn("Rahasia", told)
        self.assertIn("meja lain", told)

    def test_what_nobody_uses_is_deleted(self):
        self.assertEqual(self.delete(Series.objects.create(kicker="Kosong", slug="kosong")), "")

    # Addresses, and what is gone ------------------------------------------------------------

    def test_a_former_address_is_not_put_over_a_storys(self):
        self.client.force_login(self.somebody("admin"))
        story, other = self.story("Berdiri"), self.story("Lain")
        fields = {"story": other.pk, "edition": self.gorontalo.pk, "day": "2023-10-19", "slug": story.slug}
        response = self.client.post(reverse("admin:articles_address_add"), fields)
        self.assertIn("slug", response.context["adminform"].form.errors)
        self.assertEqual(
            self.client.post(reverse("admin:articles_address_add"), {**fields, "slug": "bebas"}).status_code, 302
        )
        self.assertEqual(Address.objects.get().slug, "bebas")

    def test_a_text_that_names_what_is_gone_is_doubtful(self):
        withdrawn = self.story(
            "Sudah ditarik", state=State.WITHDRAWN, first_published_at=PUBLISHED, day=PUBLISHED.date()
        )
        there, nowhere = make_photo(), "00000000-0000-4000-8000-000000000000"
        nodes = '<p>a</p><figure data-photo="{}"></figure><p>b</p><aside data-story="{}"></aside><p>c</p>'.format
        self.assertEqual(self.doubts(nodes(there.uid, self.story().uid)), set())
        self.assertEqual(self.doubts(nodes(nowhere, nowhere)), {"photo_gone", "story_gone"})
        self.assertEqual(self.doubts(nodes(there.uid, withdrawn.uid)), {"story_withdrawn"})

    def doubts(self, text):
        story = self.draft(f"Naskah {Story.objects.count()}", body=text)
        return {doubt.kind for doubt in publishing.doubts(Story.objects.get(pk=story.pk), PUBLISHED)}

    # Told apart -----------------------------------------------------------------------------

    def chooser(self, model, field, term):
        asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
        answer = self.client.get(reverse("admin:autocomplete"), asked)
        return [row["text"] for row in answer.json()["results"]]

    def namesakes(self):
        """Two of one name: one with a byline in public, one with one at another desk, in a story to come."""
        other = Person.objects.create(name="Nina Yuniar", slug="nina-yuniar-2", title="Fotografer")
        self.story("Terbit", series=self.perang)
        hidden = self.story(
            "Rahasia", edition=self.jogja, section=self.kota, credited=False, state=State.DRAFT, publish_at=None
        )
        Credit.objects.create(story=hidden, person=other)
        later = Series.objects.create(kicker=self.perang.kicker, slug="perang-2", day_one=datetime.date(2026, 1, 1))
        Story.objects.filter(pk=hidden.pk).update(series=later)
        return hidden

    def test_two_of_one_name_are_told_apart_in_every_chooser(self):
        self.namesakes()
        people, series = self.chooser("credit", "person", "nina"), self.chooser("story", "series", "perang")
        for texts, told in (
            (people, ("Reporter", "Fotografer", "19 Okt 2023")),
            (series, ("24 Feb 2022", "1 Jan 2026")),
        ):
            self.assertEqual((len(texts), len(set(texts))), (2, 2), texts)
            for words in told:
                self.assertIn(words, " ".join(texts))
            self.assertNotIn("Jogja", " ".join(texts))

    def test_they_are_told_apart_in_the_credits_the_filters_and_the_head_of_their_form(self):
        self.namesakes()
        story = Story.objects.get(headline="Terbit")
        other = Series.objects.get(slug="perang-2")
        self.story("Bagian lain", series=other)
        self.assertIn("Nina Yuniar · Reporter", self.page(self.address("change", story)))
        chooser = self.client.get(reverse("admin:articles_story_choose", args=["series"]), {"q": "perang"})
        offered = [label for label, _address in chooser.context["rows"]]
        self.assertEqual((len(offered), len(set(offered))), (2, 2), offered)
        self.assertIn(
            "Fotografer",
            self.page(reverse("admin:articles_person_change", args=[Person.objects.get(slug="nina-yuniar-2").pk])),
        )

    def test_a_chooser_asks_five_questions_however_many_it_offers(self):
        self.namesakes()
        few = self.questions()
        for number in range(15):
            person = Person.objects.create(name="Nina Yuniar", slug=f"nina-{number}")
            Credit.objects.create(story=self.story(f"Berita {number}", credited=False), person=person)
            Section.objects.create(edition=self.gorontalo, name="Internasional", slug=f"internasional-{number}")
            Series.objects.create(kicker="Perang", slug=f"perang-ke-{number}")
            make_photo(colour=f"#0000{number:02}")
        self.assertEqual(self.questions(), few)
        self.assertLessEqual(max(few.values()), 5)

    def questions(self):
        """How often each chooser asks for the rows that it offers."""
        fields = ["series", "section", "lead_photo", "verified_in", "edition"]
        counts = {}
        for model, field in [("credit", "person"), ("taggedstory", "tag"), *(("story", field) for field in fields)]:
            table = apps.get_model("articles", model)._meta.get_field(field).related_model._meta.db_table
            with CaptureQueriesContext(connection) as queries:
                self.chooser(model, field, "")
            counts[field] = len([query for query in queries if f'FROM "{table}"' in query["sql"]])
        return counts
