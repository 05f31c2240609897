"""The desk speaks the language that each person chose, and Indonesian to all others, whatever the browser asks."""

from django.contrib.auth import get_user_model

from articles.models import DeskPreference

from ..newsroom import NewsroomTestCase

PAGE = "/admin/preferences/"
ENGLISH = {"language": "en", "letter_keys_are_on": "on"}


class PreferencesTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor")
        self.client.force_login(self.editor)

    def language(self, address="/admin/settings/", **headers):
        return self.client.get(address, headers=headers).text.split('<html lang="')[1][:2]

    def test_a_browser_that_asks_for_english_gets_the_desk_in_indonesian(self):
        self.assertEqual(self.language(accept_language="en"), "id")
        self.client.logout()
        self.assertEqual(self.language("/admin/login/", accept_language="en"), "id")
        self.assertContains(self.client.get("/admin/login/", headers={"accept-language": "en"}), "<h1>Masuk</h1>")

    def test_the_chosen_language_is_that_of_every_page_and_of_errors(self):
        self.assertContains(self.client.post(PAGE, ENGLISH, follow=True), "The desk meets you as you chose.")
        self.assertEqual(self.language(), "en")
        self.assertContains(self.client.get("/admin/no/such/"), "Page not found", status_code=404)

    def test_the_choice_is_for_one_person_only(self):
        self.client.post(PAGE, ENGLISH)
        self.client.force_login(self.somebody("chief"))
        self.assertEqual(self.language(), "id")

    def test_readers_see_nothing_of_it(self):
        before = self.client.get("/").content
        self.client.post(PAGE, ENGLISH)
        self.assertEqual(self.client.get("/").content, before)

    def test_letter_keys_can_be_switched_off(self):
        self.assertNotContains(self.client.get(PAGE), 'data-letter-keys="off"')
        self.client.post(PAGE, {"language": "id"})
        self.assertContains(self.client.get("/admin/settings/"), 'data-letter-keys="off"')

    def test_a_language_that_the_desk_lacks_is_refused(self):
        self.assertContains(self.client.post(PAGE, {"language": "xx"}), "errors-summary")
        self.assertFalse(DeskPreference.objects.exists())

    def test_it_goes_with_the_account(self):
        self.client.post(PAGE, ENGLISH)
        get_user_model().objects.filter(pk=self.editor.pk).delete()
        self.assertFalse(DeskPreference.objects.exists())
