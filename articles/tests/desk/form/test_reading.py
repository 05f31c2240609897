"""Who may read a story and not write it sees it as readers do."""

from articles.models import Story
from articles.models.story import State

from ...newsroom import NewsroomTestCase, make_photo


class ReadingTest(NewsroomTestCase):
    def form(self, **changes):
        story = self.draft(**changes)
        Story.objects.filter(pk=story.pk).update(state=State.SUBMITTED)
        reporter = self.somebody("reporter")
        self.nina.user = reporter
        self.nina.save()
        self.client.force_login(reporter)
        return self.client.get(f"/admin/articles/story/{story.pk}/change/")

    def test_the_text_has_its_photos_and_the_headlines_of_read_also(self):
        photo, other = (
            make_photo(title="Dermaga", caption="Dermaga pagi hari.", colour="#224466"),
            self.story("Panen raya"),
        )
        page = self.form(
            body=f'<p>Satu.</p><figure data-photo="{photo.uid}"></figure><aside data-story="{other.uid}"></aside>'
        )
        self.assertContains(page, "<p>Satu.</p>", html=True)
        self.assertContains(page, "Dermaga pagi hari.")
        self.assertContains(page, "Panen raya")
        self.assertNotContains(page, 'name="body"')

    def test_a_line_above_it_that_is_empty_is_left_out(self):
        self.assertNotContains(self.form(kicker=""), "field-kicker")
