"""The frame of the desk: the top bar leads to what somebody may open, and every other table stands under settings."""

from django.contrib.auth import get_user_model

from articles.models import Membership

from ..newsroom import NewsroomTestCase

STORY = "/admin/articles/story/"


class FrameTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.staff = {role: cls.somebody(role) for role in ("reporter", "editor", "photo", "chief", "admin")}

    def at(self, address, role="chief"):
        self.client.force_login(self.staff[role])
        return self.client.get(address)

    def places(self, answer):
        return [str(place.label) for place in answer.context["bar"]["places"]]

    def test_the_bar_has_six_places_for_every_role(self):
        for role in ("reporter", "editor", "photo", "chief"):
            self.assertEqual(
                self.places(self.at("/admin/", role)),
                ["Hari ini", "Berita", "Agenda", "Penugasan", "Foto", "Pengaturan"],
                role,
            )

    def test_the_history_of_a_story_names_it_and_leads_back_to_it(self):
        story = self.draft("Warga menonton dermaga")
        page = self.at(f"/admin/articles/revision/?story__id__exact={story.pk}").text
        self.assertInHTML("<h1>Riwayat: Warga menonton dermaga</h1>", page, 1)
        self.assertInHTML(f'<a href="{STORY}{story.pk}/change/">Warga menonton dermaga</a>', page, 1)
        self.assertInHTML(f'<a href="{STORY}" aria-current="true">Berita</a>', page, 1)

    def test_somebody_without_a_role_is_led_to_no_closed_page(self):
        Membership.objects.filter(user=self.staff["reporter"]).delete()
        self.assertEqual(self.places(self.at("/admin/", "reporter")), ["Hari ini", "Pengaturan"])

    def test_the_place_of_each_page_is_marked(self):
        for address, place, how in [
            ("/admin/", "Hari ini", "page"),
            (STORY, "Berita", "page"),
            (f"{STORY}add/", "Berita", "true"),
            (f"{STORY}agenda/", "Agenda", "page"),
            ("/admin/articles/photo/upload/", "Foto", "true"),
            ("/admin/settings/", "Pengaturan", "page"),
            ("/admin/articles/section/", "Pengaturan", "true"),
        ]:
            self.assertInHTML(
                f'<a href="{self.address_of(place)}" aria-current="{how}">{place}</a>', self.at(address).text, 1
            )

    def address_of(self, place):
        addresses = {"Berita": STORY, "Agenda": f"{STORY}agenda/", "Foto": "/admin/articles/photo/"}
        return {"Hari ini": "/admin/", "Pengaturan": "/admin/settings/", **addresses}[place]

    def test_a_story_leads_back_to_the_list_with_its_filters(self):
        story = self.story("Terbit")
        page = self.at(f"{STORY}{story.pk}/change/?_changelist_filters=standing%3Dlive")
        self.assertContains(page, f'<a class="bar-back" href="{STORY}?standing=live">')

    def test_a_rare_table_leads_back_to_its_list_and_to_settings(self):
        page = self.at("/admin/articles/section/add/")
        self.assertEqual([label for label, _address in page.context["steps"]], ["Pengaturan", "Rubrik"])

    def test_settings_list_every_table_that_the_bar_leaves_out(self):
        for role in ("reporter", "chief", "admin"):
            page = self.at("/admin/settings/", role)
            listed = {model["object_name"] for _group, models in page.context["groups"] for model in models}
            known = {model["object_name"] for app in page.context["available_apps"] for model in app["models"]}
            self.assertEqual(listed | {"Story", "Photo", "Assignment"}, known, role)

    def test_settings_show_no_table_that_a_role_may_not_see(self):
        page = self.at("/admin/settings/", "reporter")
        for closed in ("membership", "auditentry", "user"):
            self.assertNotContains(page, f"/{closed}/")

    def test_the_menu_names_the_person_and_the_role(self):
        get_user_model().objects.filter(username="editor").update(first_name="Meylan", last_name="Abdjul")
        page = self.at("/admin/", "editor")
        self.assertContains(page, "<p><strong>Meylan Abdjul</strong><br>editor</p>", html=True)
