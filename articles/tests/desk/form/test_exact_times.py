"""A time that nobody changed in a form is no change, however exact it is: its field has no fractions of a second."""

from articles import publishing

from ...cases import FormTest
from ...newsroom import LATER, PUBLISHED

EXACT = LATER.replace(second=30, microsecond=123456)


class ExactTimesTest(FormTest):
    def setUp(self):
        super().setUp()
        self.sign_in()
        self.naskah = self.story("Terbit nanti", publish_at=EXACT, lead_photo=self.lilin)
        publishing.record(self.naskah, None, PUBLISHED)

    def test_saving_another_field_leaves_it_as_it_is(self):
        first = self.naskah.revisions.first()
        self.send(self.naskah, self.opened(self.naskah), headline="Terbit nanti sekali", _continue="")
        self.assertEqual((self.naskah.headline, self.naskah.publish_at), ("Terbit nanti sekali", EXACT))
        self.assertEqual([names for _by, names in publishing.since(first)], [["headline"]])

    def test_a_new_time_is_stored_as_it_is_typed(self):
        self.send(self.naskah, self.opened(self.naskah), publish_at_1="07:15:00", _continue="")
        self.assertEqual((self.naskah.publish_at.minute, self.naskah.publish_at.microsecond), (15, 0))
