"""A tag typed in the form of a story: another spelling is found, a new one is made by those who may."""

from django.urls import reverse

from articles.models import FormerTagSlug, Tag

from ...newsroom import NewsroomTestCase

FIND, MAKE = reverse("admin:articles_tag_find"), reverse("admin:articles_tag_make")


class TypedTagsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.danau = Tag.objects.create(name="Danau Limboto", slug="danau-limboto")

    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("reporter"))

    def found(self, words):
        return [(row["kind"], row["name"]) for row in self.client.get(FIND, {"q": words}).json()["results"]]

    def made(self, name, status=200):
        response = self.client.post(MAKE, {"name": name})
        self.assertEqual(response.status_code, status)
        return response.json()

    def test_another_spelling_is_the_same_tag(self):
        for typed in ("Danau limboto", "DANAU  LIMBOTO", "danau-limboto", "DanauLimboto", "Dánau Limboto"):
            self.assertEqual(self.found(typed), [("same", "Danau Limboto")], typed)
            self.assertEqual(self.made(typed)["row"]["id"], str(self.danau.pk), typed)
        self.assertEqual(Tag.objects.count(), 2)

    def test_a_slip_of_the_pen_is_near_and_makes_nothing_by_itself(self):
        self.assertEqual(self.found("Danau Limbotto"), [("near", "Danau Limboto")])

    def test_some_letters_find_what_holds_them(self):
        self.assertEqual(self.found("limb"), [("holds", "Danau Limboto")])

    def test_signs_and_numbers_tell_names_apart(self):
        Tag.objects.create(name="Bahasa C", slug="bahasa-c")
        Tag.objects.create(name="Pemilu 2024", slug="pemilu-2024")
        self.assertEqual(self.found("Bahasa C++")[0][0], "near")
        self.assertNotIn("near", dict(self.found("Pemilu 2029")))
        self.assertTrue(self.made("Bahasa C++")["row"]["is_new"])

    def test_a_new_tag_gets_a_slug_and_is_logged(self):
        row = self.made("  Banjir   Rob ")["row"]
        self.assertEqual((row["name"], row["is_new"]), ("Banjir Rob", True))
        self.assertEqual(Tag.objects.get(pk=row["id"]).slug, "banjir-rob")
        self.assertFalse(self.made("banjir rob")["row"]["is_new"])

    def test_a_tag_that_was_renamed_is_found_by_its_former_name(self):
        FormerTagSlug.objects.create(row=self.danau, slug="telaga-limboto")
        self.assertEqual(self.found("Telaga Limboto")[0], ("same", "Danau Limboto"))

    def test_who_makes_no_tags_is_told(self):
        self.client.force_login(self.somebody("photo"))
        self.assertIn("peran", self.made("Banjir Rob", 403)["error"].lower())
        self.assertEqual(self.made("danau limboto")["row"]["id"], str(self.danau.pk))
        self.assertFalse(Tag.objects.filter(name="Banjir Rob").exists())

    def test_junk_makes_nothing(self):
        for name in ("", "   ", "\u200b", "x" * 150):
            self.assertTrue(self.made(name, 400)["error"], repr(name))
            self.client.get(FIND, {"q": name})
        self.assertEqual(self.client.get(MAKE).status_code, 405)
        self.assertEqual(Tag.objects.count(), 2)

    def test_nobody_from_outside(self):
        self.client.force_login(self.somebody("reporter", name="tamu"))
        self.client.logout()
        self.assertEqual(self.client.post(MAKE, {"name": "Banjir"}).status_code, 302)
        self.assertFalse(Tag.objects.filter(name="Banjir").exists())
