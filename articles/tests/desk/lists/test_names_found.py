"""A word that thousands of people, tags or series have finds the newest of them: the list says that there are more."""

from unittest import mock

from django.db import connection
from django.urls import reverse

from articles.listings.search import finding
from articles.models import Person, Series, Tag

from ...cases import DeskTest
from ...plans import plans

WORDS = {"sqlite": "_words MATCH", "postgresql": "WITH asked"}[connection.vendor]


class NamesFoundTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")
        for number in range(10, 14):
            Person.objects.create(name=f"Rahmat {number}", slug=f"rahmat-{number}")
            Tag.objects.create(name=f"Rahmat {number}", slug=f"rahmat-{number}")
            Series.objects.create(kicker=f"Rahmat {number}", slug=f"rahmat-{number}")

    def listed(self, model, words):
        """The rows of the list, and whether it says that there are more."""
        address = reverse(f"admin:articles_{model}_changelist")
        changes = self.client.get(address, {"q": words}).context["cl"]
        return [str(row) for row in changes.result_list], changes.paginator.is_more

    def test_a_frequent_word_finds_the_newest_and_the_list_says_that_there_are_more(self):
        for model in ("person", "tag", "series"):
            with self.subTest(model=model), mock.patch.object(finding, "MOST", 2):
                self.assertEqual(self.listed(model, "rahmat"), (["Rahmat 12", "Rahmat 13"], True))
                self.assertEqual(self.listed(model, "rahmat 10"), (["Rahmat 10"], False))

    def test_a_word_that_as_many_have_as_are_looked_at_has_no_more(self):
        with mock.patch.object(finding, "MOST", 4):
            self.assertFalse(self.listed("person", "rahmat")[1])

    def test_choosers_ask_for_no_more_than_the_newest(self):
        choosers = {"person": "credit", "tag": "taggedstory", "series": "story"}
        address = f"{reverse('admin:autocomplete')}?app_label=articles&term=rahmat"
        pages = [f"{address}&model_name={model}&field_name={field}" for field, model in choosers.items()]
        for page in [*pages, f"{reverse('admin:articles_tag_find')}?q=rahmat"]:
            found = plans(self, page, WORDS)
            self.assertTrue(found, page)
            for sql in found:
                self.assertRegex(sql, r"LIMIT 200[01]\b", page)
