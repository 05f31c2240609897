"""People, tags, series and photos are found by the beginnings of the words of their names."""

from django.urls import reverse

from articles.models import Person, Photo, Tag

from ..cases import DeskTest
from ..newsroom import make_photo


class NamesFoundTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def chosen(self, term, model="credit", field="person"):
        asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
        return [row["text"] for row in self.client.get(reverse("admin:autocomplete"), asked).json()["results"]]

    def test_any_word_of_a_name_may_be_begun(self):
        for term in ("nina", "Yun", "YUNIAR nin"):
            with self.subTest(term=term):
                self.assertEqual(len(self.chosen(term)), 1)
        self.assertEqual(self.chosen("iar"), [])

    def test_a_new_name_is_found_and_the_former_is_not(self):
        Person.objects.filter(pk=self.nina.pk).update(name="Nina Wardani")
        self.assertEqual((len(self.chosen("wardani")), self.chosen("yuniar")), (1, []))

    def test_what_was_deleted_is_not_found(self):
        Tag.objects.create(name="Pelabuhan Anggrek", slug="pelabuhan-anggrek")
        self.assertEqual(len(self.chosen("anggrek", "taggedstory", "tag")), 1)
        Tag.objects.get(slug="pelabuhan-anggrek").delete()
        self.assertEqual(self.chosen("anggrek", "taggedstory", "tag"), [])

    def test_a_photo_is_found_by_who_took_it_and_by_who_is_in_it(self):
        make_photo(title="Pawai", people="Rusli Habibie, Idris Rahim", agency="ANT", photographer="Sari/Dewi")
        for words in ("habibie", "dewi", "ant", "pawai rahim"):
            with self.subTest(words=words):
                found = self.client.get(reverse("admin:articles_photo_find"), {"q": words}).json()["results"]
                self.assertEqual([photo["title"] for photo in found], ["Pawai"])

    def test_signs_alone_find_nothing(self):
        self.assertEqual(self.chosen("?!"), [])
        self.assertEqual(Photo.objects.count(), 1)
