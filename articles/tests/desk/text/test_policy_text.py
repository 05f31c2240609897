"""A policy keeps what the editor of stories keeps, and its page shows it."""

import html

from articles.models import Policy

from ...cases import DeskTest

TABLE = (
    "<table><thead><tr><th>Hadiah</th><th>Jawaban</th></tr></thead>"
    "<tbody><tr><td>Uang kopi</td><td>ditolak</td></tr></tbody></table>"
)
EMBED = '<figure data-embed="https://www.youtube.com/watch?v=abc"><figcaption>Cara mengadu</figcaption></figure>'


class PolicyTextTest(DeskTest):
    def setUp(self):
        self.policy = Policy.objects.create(
            edition=self.gorontalo,
            title="Hadiah",
            slug="hadiah",
            text=TABLE + EMBED,
            dated_on="2026-11-30",
            version="1",
        )

    def test_its_editor_knows_tables_and_embeds_and_offers_no_rows_of_others(self):
        self.sign_in("chief")
        page = html.unescape(self.client.get(f"/admin/articles/policy/{self.policy.pk}/change/").text)
        for node in ("Table", "TableRow", "Embed", "LibraryPhoto", "RelatedStory"):
            self.assertIn(f'"{node}":', page)
        self.assertIn('"name":"embed"', page)
        self.assertNotIn('"name":"libraryPhoto"', page)

    def test_its_page_shows_the_table_and_a_card_for_the_embed(self):
        page = self.client.get(self.policy.get_absolute_url(), headers={"host": self.host})
        self.assertContains(page, '<div class="table" role="region"')
        self.assertContains(page, '<a href="https://www.youtube.com/watch?v=abc" rel="noreferrer">')
