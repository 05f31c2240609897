"""Opening a story asks for rights a bounded number of times: Django asks again for every kind of rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ..cases import DeskTest


class FormQueriesTest(DeskTest):
    def test_rights_are_not_asked_again_for_every_kind_of_rows(self):
        story = self.story()
        self.sign_in("editor")
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.address("change", story))
        asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT 1 AS")]
        self.assertLessEqual(len(asked), 10, "\n".join(asked))
