from django.test import SimpleTestCase

from articles.text import stems, words

from .tables import rows


def leads_to(one, other):
    """Whether a question for one word finds a text that has the other; of anak-anak each part is a word."""
    asked = {form for part in words.split(one) for form in stems.forms(stems.stem(part))}
    return not asked.isdisjoint(words.split(other))


class StemsTest(SimpleTestCase):
    def test_nine_of_ten_pairs_are_right_and_at_most_one_of_fifty_is_wrongly_joined(self):
        pairs = rows("stem_pairs.tsv")
        self.assertGreaterEqual(len(pairs), 400)
        for one, other in ((0, 1), (1, 0)):
            joined = [pair for pair in pairs if pair[2] == "no" and leads_to(pair[one], pair[other])]
            missed = [pair for pair in pairs if pair[2] == "yes" and not leads_to(pair[one], pair[other])]
            self.assertLessEqual(len(joined), len(pairs) * 0.02, joined)
            self.assertLessEqual(len(joined) + len(missed), len(pairs) * 0.1, (joined, missed))

    def test_every_form_of_a_root_leads_back_to_it_and_to_no_other(self):
        for root in ("serang", "tulis", "sapu", "didik", "cabai", "naik", "gorontalo"):
            self.assertEqual({stems.stem(form) for form in stems.forms(root)}, {root}, root)

    def test_a_root_that_is_not_listed_loses_only_what_no_name_looks_like(self):
        for name in ("diana", "kendari", "keerom", "berau", "termas", "abdullah", "merauke", "pekalongan"):
            self.assertEqual(stems.stem(name), name)
        self.assertEqual(stems.stem("pohuwatonya"), "pohuwato")

    def test_no_word_breaks_it(self):
        for word in ("", "a", "me", "menye", "di" * 200, "пётр", "é", "٣", "pe-an", "nge", "kan"):
            self.assertIn(stems.stem(word), stems.forms(stems.stem(word)), word)
