"""The buttons of the home make the move that they name, for those who may make it, and lead to what is missing."""

from django.urls import reverse

from articles import publishing
from articles.models import Credit, Person, Story
from articles.models.story import State

from ...newsroom import make_photo
from .homes import HOUR, HomeTest


class MovesOfHomeTest(HomeTest):
    def press(self, label, story):
        """Press a button of the home as a browser does."""
        blocks = self.home().values()
        rows = [row for block in blocks if isinstance(block.content, list) for row in block.content]
        [button] = [
            button
            for row in rows
            for button in getattr(row, "buttons", [])
            if (row.story, button.label) == (story, label)
        ]
        self.assertTrue(button.is_move)
        self.assertContains(self.answer, f'formaction="{button.address}"')
        answer = self.client.post(button.address, {"promise": button.promise} if button.promise else {})
        story.refresh_from_db()
        return answer

    def test_the_next_moves_are_offered_and_no_others(self):
        self.submitted("Diserahkan")
        self.submitted("Tanpa ringkasan", standfirst="")
        self.begun("Catatan editor", by=self.editor)
        home = self.home(self.editor)
        offered = {"Diserahkan": ["Read", "Approve", "Give back"], "Tanpa ringkasan": ["Complete", "Give back"]}
        self.assertEqual(self.buttons(home["waiting"]), offered)
        self.assertEqual(self.buttons(home["own"]), {"Catatan editor": ["Go on", "Submit"]})
        self.returned("Perda", "Siapa?")
        own = self.buttons(self.home(self.reporter)["own"])
        handed_over = {"Diserahkan": ["Take back"], "Tanpa ringkasan": ["Take back"]}
        self.assertEqual(own, {"Perda": ["Go on", "Submit"], **handed_over})

    def test_who_approves_stands_in_as_the_editor_so_nobody_is_asked_to_name_one(self):
        Credit.objects.filter(story=self.submitted("Tanpa editor"), role="editor").delete()
        Credit.objects.filter(story=self.begun("Belum diserahkan"), role="editor").delete()
        offered = {"Tanpa editor": ["Read", "Approve", "Give back"]}
        Person.objects.create(name="Sri", slug="sri", user=self.editor)
        self.assertEqual(self.buttons(self.home(self.editor)["waiting"]), offered)
        self.assertIn("Submit", self.buttons(self.home(self.reporter)["own"])["Belum diserahkan"])

    def test_nobody_approves_what_they_alone_wrote(self):
        self.submitted("Naskah editor", by=self.editor)
        offered = {"Naskah editor": ["Read", "Take back", "Give back"]}
        self.assertEqual(self.buttons(self.home(self.editor)["waiting"]), offered)
        chief = self.somebody("chief")
        self.assertIn("Approve", self.buttons(self.home(chief)["waiting"])["Naskah editor"])

    def test_one_press_approves_and_the_home_is_there_again(self):
        story = self.submitted("Diserahkan")
        self.client.force_login(self.editor)
        self.assertRedirects(self.press("Approve", story), "/admin/")
        self.assertEqual(story.state, State.APPROVED)

    def test_one_press_submits(self):
        story = self.begun("Selesai")
        self.client.force_login(self.reporter)
        self.assertRedirects(self.press("Submit", story), "/admin/")
        self.assertEqual(story.state, State.SUBMITTED)

    def test_one_press_takes_back_until_an_editor_has_begun(self):
        story, begun = self.submitted("Terlalu cepat"), self.submitted("Sudah dibaca")
        publishing.record(begun, self.editor, self.now)
        own = self.buttons(self.home(self.reporter)["own"])
        self.assertEqual(own, {"Terlalu cepat": ["Take back"], "Sudah dibaca": []})
        self.assertRedirects(self.press("Take back", story), "/admin/")
        self.assertEqual(story.state, State.DRAFT)

    def test_a_late_story_is_released_by_one_press(self):
        story = self.due(publishing.approve(self.submitted("Terlambat"), None, self.now), self.now - HOUR)
        self.client.force_login(self.editor)
        self.press("Publish now", story)
        self.assertEqual(story.state, State.RELEASED)

    def test_a_button_that_promised_another_time_releases_nothing(self):
        story = publishing.approve(self.submitted("Nanti malam"), None, self.now)
        self.client.force_login(self.editor)
        promised = (self.now + HOUR).isoformat()
        answer = self.client.post(self.move("release", story), {"promise": promised})
        self.assertRedirects(answer, self.address("change", story), fetch_redirect_response=False)
        story.refresh_from_db()
        self.assertEqual(story.state, State.APPROVED)

    def test_a_refused_move_leads_to_the_form_with_the_reasons(self):
        story = self.submitted("Tanpa ringkasan", standfirst="")
        self.client.force_login(self.editor)
        answer = self.client.post(self.move("approve", story), follow=True)
        self.assertEqual(answer.redirect_chain, [(self.address("change", story), 302)])
        self.assertContains(answer, "Write a standfirst.")

    def test_an_address_alone_moves_nothing(self):
        story = self.submitted("Diserahkan")
        self.client.force_login(self.editor)
        self.assertRedirects(self.client.get(self.move("approve", story)), self.address("change", story))
        story.refresh_from_db()
        self.assertEqual(story.state, State.SUBMITTED)

    def test_those_who_may_not_are_refused(self):
        story = self.submitted("Diserahkan")
        for role, status in {"reporter": 403, "photo": 403}.items():
            user = self.reporter if role == "reporter" else self.somebody(role)
            self.client.force_login(user)
            with self.subTest(role=role):
                self.assertEqual(self.client.post(self.move("approve", story)).status_code, status)
        self.client.force_login(self.somebody("reporter", name="lain"))
        self.assertEqual(self.client.post(self.move("submit", story)).status_code, 404)
        self.assertEqual(Story.objects.get(pk=story.pk).state, State.SUBMITTED)

    def test_what_is_lacking_is_completed_at_its_field(self):
        story = self.submitted("Tanpa ringkasan", standfirst="")
        [row] = self.home(self.editor)["waiting"].content
        self.assertEqual(row.buttons[0][:2], ("Complete", self.address("change", story) + "#id_standfirst"))

    def test_a_photo_that_lacks_its_alternative_text_is_completed_where_it_stands(self):
        bare = make_photo(alt="", colour="#224466")
        self.submitted("Posko", lead_photo=bare)
        [row] = self.home(self.editor)["waiting"].content
        there = reverse("admin:articles_photo_change", args=[bare.pk]) + "#id_alt"
        self.assertEqual(next((b.label, b.address) for b in row.buttons), ("Complete the photo", there))
        self.assertContains(self.client.get(there), 'id="id_alt"')
