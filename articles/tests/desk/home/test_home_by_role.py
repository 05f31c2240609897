"""Everybody's home begins with their own work: editors with what waits, reporters with their stories, photo editors
with pictures."""

from articles.admin.home.roles import Home
from articles.models import Membership, Story

from ...newsroom import make_photo
from .homes import HOUR, HomeTest

EDITORS = ["waiting", "own", "released", "day", "tidy"]


class HomeByRoleTest(HomeTest):
    def test_the_blocks_stand_in_the_order_of_the_work(self):
        chief, admin, photo = self.somebody("chief"), self.somebody("admin"), self.somebody("photo")
        expected = {
            self.editor: EDITORS,
            chief: EDITORS,
            admin: EDITORS,
            self.reporter: ["own", "released", "day", "tidy"],
            photo: ["photos", "no_photo", "released", "tidy", "day"],
        }
        for user, blocks in expected.items():
            with self.subTest(user=user.username):
                self.assertEqual(list(self.home(user)), blocks)

    def test_what_one_was_told_and_what_was_assigned_stand_below_one_s_own_work(self):
        own_work = {Home.EDITOR: "waiting", Home.REPORTER: "own", Home.PHOTO: "photos"}
        for home, first in own_work.items():
            with self.subTest(home=home.name):
                main = [name for name in home.value[0] if name != "unsaved"]
                self.assertEqual(main[0], first)
                self.assertEqual(main[-2:], ["assignments", "told"])

    def test_who_is_both_reporter_and_editor_has_an_editors_home(self):
        Membership.objects.create(user=self.reporter, role="editor", edition=self.gorontalo)
        self.assertEqual(list(self.home(self.reporter)), EDITORS)

    def test_a_reporter_sees_what_became_of_their_stories_and_nobody_elses(self):
        self.submitted("Punya saya")
        self.begun("Punya orang lain", by=self.editor)
        self.due(self.begun("Saya terlambat"), self.now - HOUR)
        home = self.home(self.reporter)
        self.assertEqual(self.headlines(home["own"]), ["Punya saya"])
        self.assertEqual(self.headlines(home["waiting"]), ["Saya terlambat"])
        self.assertNotContains(self.answer, "Punya orang lain")

    def test_one_s_byline_makes_a_story_one_s_own(self):
        self.nina.user = self.reporter
        self.nina.save()
        self.begun("Ditulis Nina, dibuka editor", by=self.editor)
        self.assertEqual(self.headlines(self.home(self.reporter)["own"]), ["Ditulis Nina, dibuka editor"])

    def test_a_photo_editor_sees_new_pictures_with_what_they_lack_and_stories_without_one(self):
        make_photo(title="Tanpa apa-apa", alt="", agency="", photographer="", colour="#102030")
        story = self.begun("Belum bergambar", lead_photo=None)
        home = self.home(self.somebody("photo"))
        newest = home["photos"].content[0]
        self.assertEqual((newest.photo.title, newest.lacks), ("Tanpa apa-apa", ["no credit", "no alternative text"]))
        self.assertEqual(self.buttons(home["no_photo"]), {"Belum bergambar": ["Choose a photo"]})
        self.assertContains(self.answer, self.address("change", story) + "#id_lead_photo")

    def test_an_account_without_a_role_is_told_what_comes_next(self):
        Story.objects.update(state="draft")
        nobody = self.somebody("reporter", name="baru")
        nobody.memberships.all().delete()
        self.submitted("Rahasia")
        self.assertEqual(self.home(nobody), {})
        self.assertContains(self.answer, "You have no role at a desk yet.")
        self.assertNotContains(self.answer, "Rahasia")

    def test_an_empty_home_says_what_to_do_next(self):
        self.home(self.reporter)
        self.assertContains(self.answer, "/admin/articles/story/add/")
        self.assertContains(self.answer, "No story is in your hands.")
