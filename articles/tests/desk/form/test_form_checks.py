"""The panel beside a story tells what it still lacks: as it is stored, and as it is typed, without storing anything."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Edition, Revision, Story
from articles.models.revision import Move

from ...cases import FormTest, OpenedTest
from ...posting import form_of

WRITES = ("INSERT", "UPDATE", "DELETE")


class TypedChecksTest(OpenedTest):
    role = "chief"

    def typed(self, **changes):
        """The answer to the story's form with these changes."""
        return self.client.post(self.address("checks", self.naskah), {**self.as_opened, **changes})

    def test_what_is_typed_is_judged_and_nothing_is_stored(self):
        self.assertIn("Tulis ringkasan.", self.typed(standfirst="").json()["checks"])
        with CaptureQueriesContext(connection) as queries:
            answer = self.typed(standfirst="Ringkasan baru.", headline="Diketik").json()
        self.assertNotIn("Tulis ringkasan.", answer["checks"])
        self.assertFalse([query["sql"] for query in queries if query["sql"].startswith(WRITES)])
        self.naskah.refresh_from_db()
        self.assertNotEqual(self.naskah.headline, "Diketik")

    def test_typed_rows_count_as_much_as_stored_ones(self):
        self.assertIn("Cantumkan sedikitnya satu editor.", self.typed(**self.credits(self.nina)).json()["checks"])
        answer = self.typed(**self.credits(self.nina, self.ananda))
        self.assertNotIn("Cantumkan sedikitnya satu editor.", answer.json()["checks"])

    def test_rows_that_somebody_only_sees_count_as_they_are_stored(self):
        self.sign_in("photo")
        fields = form_of(self.client.get(self.address("change", self.naskah)), "version")[1]
        for _is_credited in (True, False):  # without credits, they could not mend it
            answer = self.client.post(self.address("checks", self.naskah), fields)
            self.assertNotIn("Cantumkan", answer.json()["checks"])
            self.naskah.credits.all().delete()

    @staticmethod
    def credits(*people):
        """Credits as a browser would send them for a story without any: an author, an editor."""
        rows = {"credits-TOTAL_FORMS": len(people), "credits-INITIAL_FORMS": 0}
        for number, (person, role) in enumerate(zip(people, ("author", "editor"), strict=False)):
            rows |= {f"credits-{number}-person": person.pk, f"credits-{number}-role": role}
        return rows

    def test_the_button_follows_the_times(self):
        at_once = self.typed().json()
        self.assertEqual((at_once["release"], at_once["promise"]), ("Terbitkan sekarang", "now"))
        later = self.typed(publish_at_0="2099-01-01", publish_at_1="20:00").json()
        self.assertEqual(later["release"], "Jadwalkan Kam 1 Jan 2099, 20.00 WITA")
        self.assertTrue(later["promise"].startswith("2099-01-01T"))

    def test_the_button_of_a_live_story_tells_when_its_change_goes_out(self):
        story = self.story()
        address, fields = self.address("checks", story), self.opened(story)
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "20:00"}
        for typed, told in (
            ({}, "Perbarui"),
            ({"is_minor": "on"}, "Perbarui, hanya salah ketik"),
            (times, "Perbarui pada Kam 1 Jan 2099, 20.00 WITA"),
        ):
            self.assertEqual(self.client.post(address, {**fields, **typed}).json()["update"], told)

    def test_a_new_story_is_judged_before_its_first_save(self):
        page = self.client.get(reverse("admin:articles_story_add"))
        self.assertContains(page, "Tulis judul.")
        fields = {"headline": "Rob", "edition": self.gorontalo.pk, "section": self.dunia.pk}
        answer = self.client.post(reverse("admin:articles_story_checks_of_new"), fields).json()
        self.assertNotIn("Tulis judul.", answer["checks"])
        self.assertNotIn("Pilih rubrik.", answer["checks"])
        self.assertIn("Tulis isi berita.", answer["checks"])

    def test_who_may_not_write_the_story_asks_in_vain(self):
        address, fields = self.address("checks", self.naskah), self.as_opened
        self.assertEqual(self.client.get(address).status_code, 405)
        for role, status in (("reporter", 404), ("editor", 200)):
            self.sign_in(role)
            self.assertEqual(self.client.post(address, fields).status_code, status, role)
        Story.objects.update(state="submitted")
        self.client.force_login(self.its_reporter())
        self.assertEqual(self.client.post(address, fields).status_code, 403)

    def its_reporter(self):
        """The reporter who began the story; it is handed over, so they may only read it."""
        reporter = self.somebody("reporter", "pelapor")
        Revision.objects.create(
            story=self.naskah, number=1, by=reporter, move=Move.SAVED, at="2026-11-29T00:00Z", snapshot={}
        )
        return reporter


class ToldTest(FormTest):
    def test_a_reporter_is_not_told_of_a_masthead_they_cannot_open(self):
        Edition.objects.update(company="")
        for role, is_told in (("reporter", False), ("chief", True)):
            self.sign_in(role)
            page = self.client.get(reverse("admin:articles_story_add"))
            self.assertEqual("Lengkapi" in page.content.decode(), is_told, role)

    def test_who_needs_a_second_pair_of_eyes_is_told_why_and_gets_no_button(self):
        naskah = self.draft()
        self.client.force_login(editor := self.somebody("editor"))
        publishing.record(naskah, editor, timezone.now())
        page = self.client.get(self.address("change", naskah))
        self.assertNotContains(page, 'name="_release"')
        self.assertContains(page, "Belum ada orang lain")
        self.sign_in("chief")
        self.assertContains(self.client.get(self.address("change", naskah)), 'name="_release"')

    def test_a_doubt_that_was_overruled_at_the_approval_is_not_asked_again(self):
        naskah = self.draft(lead_photo=None)
        self.sign_in("chief")
        page = self.client.get(self.address("change", naskah))
        doubt = page.context["doubts"][0][0]
        self.send(naskah, form_of(page, "headline")[1], _approve="", acknowledged=[doubt.key])
        self.assertEqual(naskah.state, "approved")
        self.assertTrue(all(is_settled for _doubt, is_settled in self.shown(naskah)))
        self.client.post(self.move("release", naskah), {"promise": "now"})
        naskah.refresh_from_db()
        self.assertEqual(naskah.state, "released")

    def shown(self, naskah):
        return self.client.get(self.address("change", naskah)).context["doubts"]

    def test_a_writer_is_not_told_to_name_who_will_stand_in_anyway(self):
        """The signed-in writer is the author, and who approves the story its editor."""
        for role, lacks in (("reporter", False), ("chief", True)):  # nobody else comes after a chief
            user = self.somebody(role)
            self.nina.user = user
            self.nina.save()
            self.client.force_login(user)
            page = self.client.get(reverse("admin:articles_story_add"))
            self.assertNotContains(page, "Cantumkan sedikitnya satu penulis.")
            self.assertEqual("Cantumkan sedikitnya satu editor." in page.text, lacks)
