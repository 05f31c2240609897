"""What stops a story on its way to readers, what is only doubtful, and what a released story must keep (rules.md D)."""

import datetime

import pytest
import time_machine
from django.utils.translation import override

from articles import publishing
from articles.models import Credit, Edition, Photo, ReadCount, Revision, Section, Series, Story, StoryPhoto, Tag
from articles.models import TaggedStory as Tagged

from ..cases import DeskTest
from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
ALL_FOUR = dict.fromkeys(["in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told"], True)

# What is wrong with a story that is ready otherwise → what the desk is told.
BLOCKED = {
    "no headline": ({"headline": " "}, "Write a headline."),
    "a headline of nothing visible": ({"headline": "\u200b\u2800\u3164"}, "Write a headline."),
    "no standfirst": ({"standfirst": " "}, "Write a standfirst."),
    "no body": ({"body": "<p> </p>"}, "Write the body."),
    "TK in the headline": ({"headline": "Korban TK orang"}, "marked as unfinished: TK"),
    "XXX in the standfirst": ({"standfirst": "Sebanyak XXX orang"}, "marked as unfinished: XXX"),
    "XXX in the body": ({"body": "<p>Sebanyak <em>XXX</em> orang.</p>"}, "marked as unfinished: XXX"),
    "AI and no note on it": ({"is_made_with_ai": True}, "artificial intelligence"),
    "AI and an empty note": ({"is_made_with_ai": True, "ai_note": "  "}, "artificial intelligence"),
    "a child who may be known": ({"involves_child": True}, "tells who the child is"),
    "unverified, no condition": ({"label": "unverified"}, "all four"),
    **{
        f"unverified, without “{name}”": ({"label": "unverified", **ALL_FOUR, name: False}, "all four")
        for name in ALL_FOUR
    },
}
# Where a protected name stands (D9).
NAMED = {
    "headline": {"headline": "Kisah Budi Santoso"},
    "short headline": {"short_headline": "Kisah Budi Santoso"},
    "capitals": {"headline": "BUDI SANTOSO BERKISAH"},
    "kicker": {"kicker": "Budi Santoso"},
    "slug": {"slug": "kisah-budi-santoso"},
    "standfirst": {"standfirst": "Budi Santoso berkisah."},
    "body": {"body": "<p>Kata <strong>Budi</strong> Santoso.</p>"},
    "body, over two lines": {"body": "<p>Kata Budi<br>Santoso.</p>"},
    "body, with a hard space": {"body": "<p>Kata Budi\xa0Santoso.</p>"},
    "body, with -nya": {"body": "<p>Budi Santosonya.</p>"},
    "source line": {"source_line": "(Budi Santoso)"},
    "dateline": {"place": "Rumah Budi Santoso"},
    "caption of the lead photo": {"lead_caption": "Budi Santoso."},
    "note on AI": {"ai_note": "Suara Budi Santoso."},
}
METHODS = ["Gantung Diri, Seorang Warga Ditemukan", "Warga Minum Racun", "Racun: Penyebab Terungkap", "Ia “melompat”"]


class BlockedTest(NewsroomTestCase):
    def refused(self, story, *words, **changes):
        """Nothing but `words` is told, and nothing is changed."""
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            publishing.release(story, None, PUBLISHED)
        told = caught.exception.reasons
        self.assertEqual(len(told), len(words), f"The desk is told {told}, expected {words}")
        for word, reason in zip(words, told, strict=True):
            self.assertIn(word, reason)
        story.refresh_from_db()
        self.assertEqual(
            (story.state, story.version, story.revisions.count()), ("draft", 1, 0), "Something was changed."
        )

    def test_a_story_with_all_that_is_needed_goes_out(self):
        self.assertEqual(publishing.release(self.draft(), None, PUBLISHED).state, "released")

    def test_each_lack_blocks_and_says_what_to_do(self):
        for lack, (changes, told) in BLOCKED.items():
            with self.subTest(lack):
                self.refused(self.draft(**changes), told)

    def test_approving_asks_for_the_same(self):
        for lack, (changes, told) in BLOCKED.items():
            story = self.draft(**changes)
            with self.subTest(lack), self.assertRaises(publishing.Refused) as caught, override("en"):
                publishing.approve(story, None, PUBLISHED)
            self.assertIn(told, str(caught.exception), f"A story is approved although: {lack}")

    def test_a_section_of_another_edition(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.refused(self.draft(section=Section.objects.create(edition=jogja, name="Jogja", slug="jogja")), "section")

    def test_an_author_and_an_editor_are_credited(self):
        for role in ("author", "editor"):
            story = self.draft()
            Credit.objects.filter(story=story, role=role).delete()
            with self.subTest(role):
                self.refused(story, role)

    def test_the_only_author_is_not_the_only_editor(self):
        story = self.draft(credited=False)
        Credit.objects.create(story=story, person=self.nina, role="author")
        Credit.objects.create(story=story, person=self.nina, role="editor")
        self.refused(story, "only author")
        Credit.objects.create(story=story, person=self.ananda, role="editor")
        self.assertEqual(publishing.blockers(story), [], "Two edited it, and it is still refused")

    def test_a_hole_in_the_masthead(self):
        for hole in ({"company": " "}, {"address": ""}, {"responsible": None}):
            Edition.objects.update(**hole)
            with self.subTest(hole):
                self.refused(self.draft(), "masthead")
            Edition.objects.update(company="PT", address="Jalan", responsible=self.ananda)

    def test_every_picture_has_what_it_needs(self):
        lead, other = make_photo(), make_photo(title="Api", colour="#aa0000")
        text = f'<figure data-photo="{other.uid}"><figcaption>x</figcaption></figure><p>Isi.</p>'
        in_text, in_gallery = self.draft(body=text), self.draft()
        StoryPhoto.objects.create(story=in_gallery, photo=other)
        for lack in ({"alt": ""}, {"agency": "", "photographer": ""}):
            Photo.objects.filter(pk__in=[lead.pk, other.pk]).update(**lack)
            for where, story, told in (
                ("lead", self.draft(lead_photo=lead), "lead photo"),
                ("text", in_text, "“Api”"),
                ("gallery", in_gallery, "“Api”"),
            ):
                with self.subTest(where=where, lack=lack):
                    self.refused(story, told)
            Photo.objects.update(alt="Api", agency="AFP")
        Photo.objects.filter(pk=lead.pk).update(caption="")
        self.refused(self.draft(lead_photo=lead), "caption")
        self.assertEqual(publishing.blockers(self.draft(lead_photo=lead, lead_caption="Dari sini.")), [])

    def test_a_duty_that_is_done_blocks_nothing(self):
        done = {
            "is_made_with_ai": True,
            "ai_note": "Disunting Ananda.",
            "involves_child": True,
            "child_is_unnamed": True,
        }
        self.assertEqual(publishing.blockers(self.draft(label="unverified", **ALL_FOUR, **done)), [])


class ProtectedNameTest(NewsroomTestCase):
    def told(self, story):
        with override("en"):
            return publishing.blockers(story)

    def test_it_stands_in_no_word_of_the_story(self):
        for where, changes in NAMED.items():
            with self.subTest(where):
                told = self.told(self.draft(protected_names="Budi Santoso", **changes))
                self.assertEqual(len(told), 1, f"A protected name goes out: {changes}")
                self.assertIn("Budi Santoso", told[0])

    def test_nor_in_a_tag_or_in_the_words_of_a_picture(self):
        tagged = self.draft(protected_names="Budi Santoso")
        Tagged.objects.create(content_object=tagged, tag=Tag.objects.create(name="Kasus B", slug="budi-santoso"))
        self.assertTrue(self.told(tagged), "The name in the slug of a tag goes out")
        for words in ({"caption": "Budi Santoso."}, {"alt": "Budi Santoso"}, {"title": "Budi Santoso"}):
            photo = make_photo(**words)
            shown = self.draft(protected_names="Budi Santoso")
            StoryPhoto.objects.create(story=shown, photo=photo)
            with self.subTest(words):
                self.assertTrue(self.told(shown), "The name in a picture of the gallery goes out")
                self.assertTrue(self.told(self.draft(protected_names="Budi Santoso", lead_photo=photo)))

    def test_a_part_of_another_word_is_not_the_name(self):
        story = self.draft(protected_names="Ani", body="<p>Petani dan nelayan bertanian.</p>")
        self.assertEqual(self.told(story), [], "“Ani” is found in “petani”, and the story can never go out")

    def test_nor_does_a_correction_or_a_withdrawal_tell_it(self):
        story = self.story(protected_names="Budi Santoso\nSiti")
        for move in (
            lambda: publishing.correct(story, None, PUBLISHED + HOUR, "erratum", "Namanya Budi Santoso."),
            lambda: publishing.withdraw(story, None, PUBLISHED + HOUR, "child", "Kami menyebut Siti."),
        ):
            with self.assertRaises(publishing.Refused), override("en"):
                move()
        self.assertFalse(story.corrections.exists())


class SuicideTest(NewsroomTestCase):
    def test_the_headline_does_not_tell_how(self):
        for headline in METHODS:
            with self.subTest(headline), override("en"):
                (told,) = publishing.blockers(self.draft(headline, slug="s", is_about_suicide=True)) or [None]
                self.assertIn("does not tell how", told or "", f"This headline goes out: {headline}")
        self.assertTrue(
            publishing.blockers(self.draft(short_headline="Minum racun", is_about_suicide=True)),
            "The short headline, which narrow lists show, tells how",
        )

    def test_another_headline_may(self):
        self.assertEqual(publishing.blockers(self.draft("Racun tikus disita")), [])
        self.assertEqual(publishing.blockers(self.draft("Warga ditemukan meninggal", is_about_suicide=True)), [])

    def test_its_page_says_where_to_find_help_and_it_is_not_popular(self):
        story = self.story("Warga meninggal", is_about_suicide=True)
        self.assertIn("SEJIWA", self.page(story.get_absolute_url()))
        ReadCount.objects.create(story=story, hour=PUBLISHED, reads=9)
        with time_machine.travel(PUBLISHED + HOUR, tick=False):
            self.assertNotIn(story.slug, self.page("/popular/"))


class LabelTest(NewsroomTestCase):
    def test_what_is_paid_for_says_so_on_page_card_and_feed_and_is_not_popular(self):
        story = self.story("Kain karawo", label="advertorial")
        ReadCount.objects.create(story=story, hour=PUBLISHED, reads=9)
        with time_machine.travel(PUBLISHED + HOUR, tick=False):
            for address in (story.get_absolute_url(), "/", "/latest/", "/section/internasional/", "/feed/"):
                self.assertIn("Advertorial", self.page(address), f"{address} does not say that it is paid for")
            self.assertNotIn(story.slug, self.page("/popular/"))

    def test_what_is_unverified_says_so_at_its_end(self):
        text = self.page(self.story(label="unverified").get_absolute_url()).split('<div class="body">')[1]
        self.assertIn("<em>(Berita ini masih", text)
        self.assertLess(text.index("Paragraf pertama"), text.index("<em>(Berita ini masih"))

    def test_what_is_made_with_ai_says_how(self):
        story = self.story(is_made_with_ai=True, ai_note="Diringkas mesin, diperiksa Ananda.")
        self.assertIn("Diringkas mesin, diperiksa Ananda.", self.page(story.get_absolute_url()))


class DoubtTest(NewsroomTestCase):
    NAMES = "<p>Kata warga Ukraina. Di sana Ukraina menang. Lalu Ukraina kalah. Tentara Ukaina mundur.</p>"
    DOUBTED = {
        "weekday": ({"body": "<p>Terjadi pada Rabu (19/10/2023).</p>"}, "weekday:Rabu (19/10/2023)"),
        "date": ({"standfirst": "Terjadi pada 30 Februari 2023."}, "date:30 Februari 2023"),
        "name": ({"body": NAMES}, "name:Ukaina"),
        "photo": ({"lead_photo": None}, "photo:"),
        "day number": ({"headline": "Perang Hari Ke-604", "slug": "perang"}, "day_number:Hari Ke-604"),
    }

    def doubted(self, story, acknowledged=()):
        with self.assertRaises(publishing.Doubtful, msg="A doubt did not stop the story") as caught:
            publishing.release(story, None, PUBLISHED, acknowledged)
        return {doubt.key for doubt in caught.exception.doubts}

    @pytest.mark.wide
    def test_each_stops_a_release_until_it_is_overruled_which_is_logged(self):
        for kind, (changes, key) in self.DOUBTED.items():
            story = self.draft(series=self.perang, **{"slug": f"s-{kind.replace(' ', '-')}", **changes})
            with self.subTest(kind), override("en"):
                (message,) = [doubt.message for doubt in publishing.doubts(story, PUBLISHED)]
                self.assertEqual(self.doubted(story), {key})
                self.assertFalse(Revision.objects.filter(story=story).exists())
                publishing.release(story, None, PUBLISHED, [key])
                self.assertEqual(Revision.objects.get(story=story, number=2).note, f"Overruled: {message}")

    def test_one_that_is_not_named_still_stops(self):
        story = self.draft(lead_photo=None, body=self.NAMES)
        self.assertEqual(self.doubted(story, ["photo:"]), {"photo:", "name:Ukaina"})
        self.doubted(story, ["photo:", "name:Ukraina"])
        publishing.release(story, None, PUBLISHED, ["photo:", "name:Ukaina"])

    def test_what_is_not_doubted_is_not_logged_as_overruled(self):
        publishing.release(self.draft(), None, PUBLISHED, ["photo:", "name:Ukaina"])
        self.assertEqual(Revision.objects.get(move="released").note, "")

    def test_the_day_number_is_that_of_the_hour_it_goes_live(self):
        late = PUBLISHED.replace(hour=23, minute=30)
        for told, changes, at, is_right in (
            ("released at once", {}, PUBLISHED, True),
            ("an hour later, past midnight", {}, late + HOUR, False),
            ("its hour is tomorrow", {"publish_at": PUBLISHED + DAY}, PUBLISHED, False),
            ("its embargo ends tomorrow", {"embargo_until": PUBLISHED + DAY}, PUBLISHED, False),
            ("its hour passed yesterday", {"publish_at": PUBLISHED - DAY}, PUBLISHED, True),
        ):
            story = self.draft("Hari Ke-603", series=self.perang)
            Story.objects.filter(pk=story.pk).update(**changes)
            story.refresh_from_db()
            with self.subTest(told):
                self.assertEqual(not publishing.doubts(story, at), is_right, told)

    def test_the_zone_of_the_edition_counts(self):
        at = datetime.datetime(2023, 10, 19, 16, 30, tzinfo=datetime.UTC)  # 23.30 WIB, 00.30 WITA
        Series.objects.update(day_one=datetime.date(2022, 2, 24))
        for zone, headline in (("Asia/Jakarta", "Hari Ke-603"), ("Asia/Makassar", "Hari Ke-604")):
            Edition.objects.update(time_zone=zone)
            story = Story.objects.get(pk=self.draft(headline, series=self.perang).pk)
            self.assertEqual(publishing.doubts(story, at), [], f"{headline} is right in {zone}")


class ReleasedStoryKeepsThemTest(DeskTest):
    """Through the form of the admin, as a browser posts it."""

    def kept(self, story, told, status=200, **changes):
        """The change is refused with `told`, nothing is stored, and what was typed stands in the form."""
        before = Story.objects.filter(pk=story.pk).values().get()
        credited = list(story.credits.values_list("person", "role"))
        with override("id"):
            response = self.post(story, status=status, **changes)
        self.assertIn(told, str(response.context["adminform"].form.non_field_errors()))
        self.assertEqual(Story.objects.filter(pk=story.pk).values().get(), before, "A refused change was stored")
        self.assertEqual(list(story.credits.values_list("person", "role")), credited, "A refused change was stored")
        self.assertFalse(story.revisions.exists(), "A refused change left a revision")
        for value in changes.values():
            self.assertIn(str(value), response.text, "What was typed is lost")

    @pytest.mark.wide
    def test_a_change_that_would_break_one_is_refused_and_what_was_typed_comes_back(self):
        self.sign_in()
        for standing, publish_at in (("live", PUBLISHED), ("scheduled", PUBLISHED.replace(year=2099))):
            story = self.story(publish_at=publish_at, lead_photo=self.lilin)
            with self.subTest(standing):
                self.kept(story, "Selesaikan", standfirst="Sebanyak XXX orang terketik")
                self.kept(story, "kecerdasan buatan", is_made_with_ai="on", kicker="Terketik")

    @pytest.mark.wide
    def test_so_is_taking_away_the_last_author(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.kept(story, "penulis", **{"credits-0-DELETE": "on", "kicker": "Terketik"})

    def test_a_sound_change_is_stored_and_recorded(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan yang lebih baik.")
        self.assertEqual(story.standfirst, "Ringkasan yang lebih baik.")
        self.assertEqual(story.revisions.get(number=2).snapshot["standfirst"], story.standfirst)

    def test_a_draft_may_lack_anything(self):
        story = self.draft(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Sebanyak XXX orang")
        self.assertEqual(story.standfirst, "Sebanyak XXX orang")

    def test_an_overruled_doubt_is_logged_and_one_that_nobody_ticked_stops(self):
        story = self.draft("Perang Hari Ke-1", series=self.perang, slug="perang", lead_photo=None)
        self.sign_in("chief")
        self.post(story, _release="", acknowledged=["photo:"])
        self.assertEqual(story.state, "draft")
        self.post(story, _release="", acknowledged=["photo:", "day_number:Hari Ke-1"])
        self.assertEqual(story.state, "released")
        note = story.revisions.get(move="released").note
        self.assertEqual(note.count("Dikesampingkan:"), 2, note)

    @pytest.mark.wide
    def test_a_slip_of_the_pen_is_not_told_to_readers_and_another_change_is(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan berita!", is_minor="on")
        self.assertIsNone(story.updated_at, "A slip of the pen is shown as an update")
        self.assertNotIn("Diperbarui", self.page(story.get_absolute_url()))
        self.post(story, standfirst="Ringkasan lain.")
        self.assertIsNotNone(story.updated_at)
        self.assertIn("Diperbarui", self.page(story.get_absolute_url()))

    def test_a_save_that_changes_nothing_is_no_update(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story)
        self.assertIsNone(story.updated_at)

    def test_mending_what_readers_do_not_have_yet_is_no_update(self):
        story = self.story(publish_at=PUBLISHED.replace(year=2099), lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan lain.")
        self.assertIsNone(story.updated_at)
