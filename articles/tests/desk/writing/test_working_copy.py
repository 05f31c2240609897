"""What is typed and not saved is kept for its writer, and for nobody else."""

import datetime
import uuid
from unittest import mock

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.writing import working_copies
from articles.models import AuditEntry, Membership, Revision, Story, Touch, WorkingCopy
from articles.models.audit_entry import Action

from ...cases import later
from ...newsroom import LATER
from ...posting import form_of
from .copies import TYPED, CopyTest

DAY, SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)
WRITES = ("INSERT", "UPDATE", "DELETE")


class KeptTest(CopyTest):
    def test_what_is_typed_is_kept_and_the_answer_tells_when(self):
        answer = self.keep()
        self.assertRegex(answer.json()["told"], r"^Tersimpan \d\d\.\d\d\.\d\d$")
        copy = WorkingCopy.objects.get()
        self.assertIn(["body", f"<p>{TYPED}</p>"], copy.typed)
        self.assertEqual((copy.owner, copy.story, copy.base_version), (self.writer, self.naskah, self.naskah.version))

    def test_it_is_one_small_write_no_revision_and_touches_no_page(self):
        story, touched = self.story(), Touch.objects.count()
        fields = self.fields(story)
        self.keep(fields, story)
        with later(2 * SECOND), CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.keep({**fields, "headline": "Diketik lagi"}, story).status_code, 200)
        written = [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
        self.assertEqual(len(written), 1, written)
        self.assertIn("articles_workingcopy", written[0])
        self.assertEqual((Touch.objects.count(), Revision.objects.count()), (touched, 0))
        self.assertNotIn("Diketik lagi", self.page(story.get_absolute_url()))

    def test_a_new_story_has_one_before_its_first_save(self):
        fields = {"headline": "Berita baru", "body": f"<p>{TYPED}</p>"}
        copy = self.kept(fields=fields, story=None)
        self.assertIsNone(copy.story)
        self.assertContains(self.client.get("/admin/articles/story/add/"), "Berita baru")
        self.assertFalse(Story.objects.filter(headline="Berita baru").exists())

    def test_not_more_than_one_a_second_and_person(self):
        fields = self.fields()
        self.keep(fields)
        again = self.keep({**fields, "headline": "Terlalu cepat"}, uid=uuid.uuid4())
        self.assertEqual((again.status_code, again["Retry-After"]), (429, "1"))
        with later(SECOND):
            self.assertEqual(self.keep({**fields, "headline": "Semenit kemudian"}).status_code, 200)
        self.assertEqual(WorkingCopy.objects.get().headline, "Semenit kemudian")

    def test_two_windows_of_one_person_have_one_each(self):
        self.keep(self.fields(headline="Jendela satu"), uid=uuid.uuid4())
        with later(2 * SECOND):
            self.keep(self.fields(headline="Jendela dua"), uid=uuid.uuid4())
        self.assertEqual({copy.headline for copy in WorkingCopy.objects.all()}, {"Jendela satu", "Jendela dua"})

    def test_a_form_that_is_as_it_was_opened_has_none(self):
        copy = self.kept()
        self.keep({}, uid=copy.uid)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_what_it_may_hold_is_bounded(self):
        for typed in ('{"a": 1}', "[[1, 2]]", '[["a"]]', "[" * 100_000, "x", "[null]"):
            self.assertEqual(self.keep({}, typed=typed).status_code, 400, typed[:20])
        with mock.patch.object(working_copies, "MOST_LETTERS", 100):
            self.assertEqual(self.keep({"body": "x" * 101}).status_code, 400)
        for wrong in ({"copy": "x"}, {"copy": "9" * 40}):
            self.assertEqual(self.keep({"headline": "x"}, **wrong).status_code, 400, wrong)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_so_is_how_many_one_person_has_and_none_is_dropped_for_another(self):
        fields = self.fields()
        with mock.patch.object(working_copies, "MOST", 2), mock.patch.object(working_copies, "EVERY", 0 * SECOND):
            answers = [self.keep(fields, uid=uuid.uuid4()) for _number in range(3)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200, 409])
        self.assertIn("belum disimpan", answers[-1].json()["told"])
        self.assertEqual(WorkingCopy.objects.count(), 2)

    def test_passwords_tokens_and_buttons_are_not_kept(self):
        names = {name for name, _value in self.kept(fields=self.fields(password1="rahasia", _save="")).typed}
        self.assertIn("_offered", names)
        self.assertFalse(names & {"password1", "_save", "_whose", "_copy", "csrfmiddlewaretoken"})


class EndTest(CopyTest):
    def test_it_ends_when_the_form_is_saved(self):
        fields = self.fields(_continue="")
        self.kept(fields=fields)
        self.assertEqual(self.send(self.naskah, fields).status_code, 302)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_but_not_with_a_form_that_comes_back(self):
        fields = self.fields(_continue="")
        self.kept(fields=fields)
        refused = self.send(self.naskah, fields, headline="")
        self.assertContains(refused, f'name="_copy" value="{fields["_copy"]}"')
        self.assertTrue(WorkingCopy.objects.exists())

    def test_nor_with_another_persons_save(self):
        copy = self.kept()
        self.client.force_login(self.somebody("chief"))
        self.assertEqual(self.send(self.naskah, {**self.opened(self.naskah), "_copy": copy.uid}).status_code, 302)
        self.assertTrue(WorkingCopy.objects.exists())

    def test_a_move_that_asks_first_ends_it_when_it_is_made(self):
        fields = self.fields(_ask_return="")
        Story.objects.update(state="submitted")
        self.kept(fields=fields)
        asked = self.send(self.naskah, fields)
        self.assertTrue(WorkingCopy.objects.exists())
        kept = asked.context["kept"]
        done = self.client.post(self.move("return", self.naskah), {"note": "Perbaiki.", "_ask": "", "kept_post": kept})
        self.assertEqual(done.status_code, 302)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_so_does_a_change_that_goes_out_later(self):
        story = self.story()
        fields = self.fields(story, goes_out_at_0="2099-01-01", goes_out_at_1="10:00", _continue="")
        self.kept(fields=fields, story=story)
        self.assertEqual(self.send(story, fields).status_code, 302)
        self.assertTrue(hasattr(story, "waiting_change"))
        self.assertFalse(WorkingCopy.objects.exists())

    def test_after_thirty_days_it_is_offered_no_more_and_goes_with_the_next(self):
        old = self.kept()
        with later(working_copies.LASTS):
            self.client.force_login(self.writer)
            self.assertNotContains(self.client.get(self.address("change", self.naskah)), str(old.uid))
            self.assertEqual(self.client.get(self.at(old)).status_code, 404)
            self.keep(uid=uuid.uuid4())
        self.assertFalse(WorkingCopy.objects.filter(pk=old.pk).exists())

    def test_it_goes_with_its_story(self):
        self.kept()
        self.naskah.delete()
        self.assertFalse(WorkingCopy.objects.exists())


class RightsTest(CopyTest):
    def client_of(self, role, **where):
        client = Client(headers={"host": self.host})
        client.force_login(self.somebody(role, name=f"other-{role}", **where))
        return client

    def test_nobody_else_reads_goes_on_with_or_drops_it(self):
        copy = self.kept()
        for role in ("reporter", "editor", "chief", "admin"):
            client = self.client_of(role)
            self.assertEqual(client.get(self.at(copy)).status_code, 404, role)
            for page in ("copy_resume", "copy_drop", "copy_take_back"):
                self.assertEqual(self.do(copy, page, client).status_code, 404, (role, page))
            self.assertNotIn(TYPED, client.get(self.address("change", self.naskah), follow=True).text)
        self.assertEqual(WorkingCopy.objects.get().dropped_at, None)

    def test_others_see_only_that_it_exists(self):
        copy = self.kept(fields=self.fields(headline="Judul rahasia"))
        page = self.client_of("editor").get(self.address("change", self.naskah))
        self.assertContains(page, "punya naskah berita ini yang belum disimpan")
        self.assertNotContains(page, "Judul rahasia")
        self.assertNotContains(page, str(copy.uid))

    def test_nobody_overwrites_anothers(self):
        copy = self.kept()
        client = self.client_of("editor")
        other = client.get("/admin/").context["user"]
        answer = self.keep(self.fields(headline="Diganti"), uid=copy.uid, client=client, by=other)
        self.assertEqual(answer.status_code, 403)
        copy.refresh_from_db()
        self.assertNotEqual(copy.headline, "Diganti")

    def test_a_page_made_for_one_person_keeps_nothing_for_the_next(self):
        fields = self.fields()
        answer = self.keep(fields, client=self.client_of("editor"))
        self.assertEqual(answer.status_code, 401)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_who_may_not_change_the_story_keeps_nothing_of_it(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        fields = self.fields()
        for role, where in (("reporter", {}), ("chief", {"edition": jogja})):
            client = self.client_of(role, **where)
            by = client.get("/admin/").context["user"]
            self.assertEqual(self.keep(fields, client=client, by=by).status_code, 403, role)

    def test_rights_that_are_gone_take_the_offer_with_them(self):
        copy = self.kept()
        Membership.objects.update(role="reporter")
        self.client.force_login(self.writer)  # a change of role ends the session
        self.assertEqual(self.client.get(self.at(copy)).status_code, 404)
        self.assertEqual(self.do(copy, "copy_resume").status_code, 404)
        self.assertNotContains(self.client.get("/admin/"), str(copy.uid))
        Membership.objects.update(role="editor")
        self.client.force_login(self.writer)
        self.assertContains(self.client.get("/admin/"), str(copy.uid))

    def test_a_chief_takes_it_over_and_the_log_and_the_writer_are_told(self):
        copy = self.kept()
        client = self.client_of("chief")
        page = client.get(self.address("change", self.naskah))
        self.assertContains(page, self.at(copy, "copy_take_over"))
        taken = self.do(copy, "copy_take_over", client)
        self.assertContains(client.get(taken["Location"]), TYPED)
        entry = AuditEntry.objects.get(action=Action.TAKEN_OVER)
        self.assertEqual((entry.account, entry.key), ("other-chief", str(self.naskah.uid)))
        self.assertContains(self.client.get(self.at(copy)), "other-chief mengambil alih")
        self.assertEqual(WorkingCopy.objects.count(), 2)

    def test_nobody_else_may(self):
        copy = self.kept()
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        for role, where, status in (("editor", {}, 403), ("reporter", {}, 404), ("chief", {"edition": jogja}, 404)):
            self.assertEqual(self.do(copy, "copy_take_over", self.client_of(role, **where)).status_code, status, role)
        self.assertFalse(AuditEntry.objects.filter(action=Action.TAKEN_OVER).exists())

    def test_whoever_is_not_signed_in_keeps_nothing(self):
        answer = self.keep(client=Client(headers={"host": self.host}))
        self.assertEqual(answer.status_code, 302)
        self.assertFalse(WorkingCopy.objects.exists())


class OfferTest(CopyTest):
    def test_it_is_offered_at_the_story_and_on_the_first_page(self):
        copy = self.kept(fields=self.fields(headline="Judul yang diketik"))
        for address in (self.address("change", self.naskah), "/admin/"):
            page = self.client.get(address)
            self.assertContains(page, "Naskah yang belum disimpan")
            self.assertContains(page, self.at(copy, "copy_resume"))
            self.assertContains(page, "Judul yang diketik")

    def test_its_difference_is_readable(self):
        fields = self.fields(headline="Naskah yang sudah selesai", **{"credits-1-person": str(self.nina.pk)})
        page = self.client.get(self.at(self.kept(fields=fields)))
        told = {row.label: row.words for row in page.context["rows"]}
        self.assertEqual(told["Judul"], "<p>Naskah yang <del>belum</del> <ins>sudah</ins> selesai</p>")
        self.assertIn("<del>Paragraf pertama.</del>", told["Isi berita"])
        self.assertEqual(len(told), 3, told)
        self.assertIn("Ananda Putri Octaviani", " ".join(told.values()))

    def test_a_stored_markup_stays_text_in_it(self):
        page = self.client.get(self.at(self.kept(fields=self.fields(headline="<script>alert(1)</script>"))))
        self.assertNotIn("<script>alert", page.text)

    def test_going_on_fills_the_form_and_saves_nothing(self):
        copy = self.kept(fields=self.fields(headline="Diketik semalam", section=""))
        page = self.do(copy, "copy_resume")
        self.assertContains(page, "Diketik semalam")
        self.assertContains(page, TYPED)
        self.assertContains(page, f'name="_copy" value="{copy.uid}"')
        self.assertNotContains(page, "errorlist")  # it is not finished
        self.assertNotContains(page, "errors-summary")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")

    def test_the_form_is_then_saved_and_the_copy_ends(self):
        page = self.do(self.kept(fields=self.fields(headline="Diketik semalam")), "copy_resume")
        address, fields = form_of(page, "headline")
        self.assertEqual(address, self.address("change", self.naskah))
        self.assertEqual(self.client.post(address, {**fields, "_continue": ""}).status_code, 302)
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Diketik semalam")
        self.assertFalse(WorkingCopy.objects.exists())

    def test_a_story_of_nobody_yet_goes_on(self):
        copy = self.kept(fields={"headline": "Berita baru", "body": f"<p>{TYPED}</p>"}, story=None)
        self.assertContains(self.client.get(self.at(copy)), TYPED)
        page = self.do(copy, "copy_resume")
        self.assertContains(page, TYPED)
        self.assertContains(page, 'action="/admin/articles/story/add/"')

    def test_it_is_dropped_and_taken_back_within_a_day(self):
        copy = self.kept()
        page = self.client.get(self.do(copy, "copy_drop")["Location"])
        self.assertContains(page, f'action="{self.at(copy, "copy_take_back")}"')
        self.assertNotContains(self.client.get("/admin/"), self.at(copy, "copy_resume"))
        self.assertContains(self.client.get(self.at(copy)), "Batal buang")
        self.do(copy, "copy_take_back")
        self.assertContains(self.client.get("/admin/"), self.at(copy, "copy_resume"))
        self.do(copy, "copy_drop")
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + DAY):
            self.assertEqual(self.client.get(self.at(copy)).status_code, 404)

    def test_a_time_with_a_fraction_of_a_second_is_no_difference(self):
        exact = LATER.replace(second=30, microsecond=123456)
        story = self.story("Terbit nanti", publish_at=exact, embargo_until=exact, expires_at=exact + DAY)
        copy = self.kept(fields=self.fields(story, headline="Terbit nanti sekali", body=story.body), story=story)
        self.assertEqual([row.label for row in self.client.get(self.at(copy)).context["rows"]], ["Judul"])
