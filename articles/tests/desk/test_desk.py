"""The desk over HTTP: what a form saves, refuses and records, and who may do what."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from articles.models import Address, Revision

from ..cases import ROLES, DeskTest
from ..newsroom import make_photo


class SaveTest(DeskTest):
    def test_a_save_writes_a_revision_with_who_and_when(self):
        story = self.draft()
        self.sign_in()
        self.post(story, headline="Judul yang lebih baik", _continue="")
        revision, loaded = Revision.objects.filter(story=story)
        self.assertEqual((loaded.move, loaded.by), ("loaded", None))
        self.assertEqual(loaded.snapshot["headline"], "Naskah yang belum selesai")
        self.assertEqual((story.headline, story.version), ("Judul yang lebih baik", 2))
        self.assertEqual((revision.by.username, revision.snapshot["headline"]), ("editor", story.headline))

    def test_a_form_overtaken_by_somebody_elses_save_is_refused_and_kept(self):
        story = self.draft()
        self.sign_in()
        stale = self.form(story)
        self.post(story, headline="Dari orang lain")
        response = self.client.post(self.address("change", story), {**stale, "headline": "Terlambat"})
        self.assertContains(response, "Terlambat")
        story.refresh_from_db()
        self.assertEqual(story.headline, "Dari orang lain")

    def test_a_new_slug_of_a_live_story_leaves_the_old_address(self):
        story = self.story()
        self.sign_in()
        self.post(story, slug="slug-baru")
        self.assertEqual(Address.objects.get().slug, "perdamaian-dirundingkan-lagi")

    def test_a_section_of_another_edition_is_refused_at_the_field(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        story = self.draft()
        self.sign_in()
        section = jogja.sections.create(name="Jogja", slug="jogja")
        response = self.post(story, status=200, section=section.pk)
        self.assertIn("section", response.context["adminform"].form.errors)


class MoveTest(DeskTest):
    def test_release_saves_the_form_and_publishes(self):
        story = self.draft()
        self.sign_in("chief")
        self.post(story, headline="Terbit sekarang juga", _release="")
        self.assertEqual((story.state, story.headline), ("released", "Terbit sekarang juga"))
        self.assertIn("Terbit sekarang juga", self.page(story.get_absolute_url()))

    def test_a_refused_release_keeps_the_draft_and_tells_every_reason(self):
        story = self.draft(credited=False)
        self.sign_in()
        self.post(story, headline="Belum lengkap", _release="")
        self.assertEqual((story.state, story.headline), ("draft", "Belum lengkap"))
        page = self.page(self.address("change", story))
        self.assertIn("penulis", page)
        self.assertIn("editor", page)

    def test_release_at_a_time_to_come_is_not_yet_live(self):
        story = self.draft()
        self.sign_in("chief")
        self.post(story, publish_at_0="2099-01-02", publish_at_1="20:00:00", _release="")
        self.assertEqual((story.state, story.day), ("released", datetime.date(2099, 1, 2)))
        self.page(story.get_absolute_url(), status=404)

    def test_withdraw_asks_first(self):
        story = self.story()
        self.sign_in()
        self.page(self.move("withdraw", story))
        self.page(story.get_absolute_url())
        refused = self.client.post(self.move("withdraw", story), {"_ask": ""})
        self.assertContains(refused, "Pilih alasan")
        self.assertContains(refused, 'href="#id_reason_error"')
        self.client.post(self.move("withdraw", story), {"_ask": "", "reason": "trauma"})
        self.page(story.get_absolute_url(), status=410)

    @pytest.mark.wide
    def test_what_readers_do_not_have_yet_is_mended_and_not_corrected(self):
        self.sign_in()
        waits = self.story("Nanti", publish_at=timezone.now() + datetime.timedelta(days=1))
        for story, is_offered in ((self.story(), True), (waits, False)):
            page = self.page(self.address("change", story))
            self.assertEqual('name="_ask_correct"' in page, is_offered)

    def test_only_those_who_may_release_and_withdraw_also_by_hand(self):
        draft, live = self.draft(), self.story()
        for role in ROLES:
            may = role in ("editor", "chief", "admin")
            self.sign_in(role)
            with self.subTest(role=role):
                self.assertEqual(self.client.get(self.move("withdraw", live)).status_code == 200, may)
                if not may:
                    self.client.post(self.address("change", draft), {"_release": ""})
                    draft.refresh_from_db()
                    self.assertEqual(draft.state, "draft")


class PagesOfTheDeskTest(DeskTest):
    @pytest.mark.wide
    def test_a_right_of_djangos_own_tables_counts_too_and_is_asked_for_once(self):
        user, group = self.somebody("editor", name="arsip"), Group.objects.create(name="Arsip")
        user.groups.add(group)
        group.permissions.add(Permission.objects.get(codename="view_group"))
        user.user_permissions.add(Permission.objects.get(codename="view_user"))
        user = get_user_model().objects.get(pk=user.pk)
        with self.assertNumQueries(2):  # the memberships, and what is given beside them
            rights = [user.has_perm(f"auth.{name}") for name in ("view_group", "view_user", "delete_user", "add_group")]
        self.assertEqual(rights, [True, True, False, False])

    def test_every_list_and_form_opens_for_an_admin(self):
        self.story(lead_photo=make_photo(), series=self.perang, tags=[self.rusia])
        self.sign_in("admin")
        index = self.client.get("/admin/")
        models = [model for app in index.context["available_apps"] for model in app["models"]]
        self.assertGreater(len(models), 12)
        for model in models:
            self.page(model["admin_url"])
            if model["add_url"]:
                self.page(model["add_url"])

    def test_the_preview_of_a_draft_is_for_the_desk_alone(self):
        story = self.draft()
        self.assertEqual(self.client.get(self.address("preview", story)).status_code, 302)
        self.sign_in("photo")
        response = self.client.get(self.address("preview", story))
        self.assertContains(response, story.headline)
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertIn("no-store", response["Cache-Control"])

    def test_the_list_finds_by_words_and_standing(self):
        self.story("Pelabuhan dibuka")
        self.draft("Pasar sepi")
        self.sign_in()
        for query, found in (("q=pelabuh", 1), ("standing=live", 1), ("standing=draft", 1), ("q=lain", 0)):
            page = self.client.get(f"{reverse('admin:articles_story_changelist')}?{query}")
            self.assertEqual(page.context["cl"].result_count, found, query)

    def test_who_may_only_look_sees_the_text_and_no_markup(self):
        story = self.story(body="<p>Isi yang dibaca</p>")
        self.sign_in("photo")
        self.assertIn("<p>Isi yang dibaca</p>", self.page(self.address("change", story)))

    def test_the_pickers_answer_only_the_desk(self):
        story, photo = self.story(), make_photo()
        for name, uid in (("story", story.uid), ("photo", photo.uid)):
            address = reverse(f"admin:articles_{name}_find")
            self.client.logout()
            self.assertEqual(self.client.get(address).status_code, 302)
            self.client.force_login(self.somebody(role="admin") if name == "story" else self.somebody(role="chief"))
            found = self.client.get(address, {"uid": str(uid)}).json()["results"]
            self.assertEqual([row["uid"] for row in found], [str(uid)])
            self.client.get(address, {"uid": "tidak-ada", "q": "\x00"})
