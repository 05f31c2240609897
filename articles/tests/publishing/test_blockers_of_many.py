"""What stands in the way of many stories is read with as many queries as for one, and is the same."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Story, StoryPhoto

from ..newsroom import NewsroomTestCase, make_photo


class BlockersOfManyTest(NewsroomTestCase):
    def stories(self, count):
        """Each with a photo without credit in its text, another in its gallery, and a name to protect in a tag."""
        nameless = make_photo(title="Tanpa nama", agency="", photographer="", colour="#334455")
        for number in range(count):
            picture = f'<figure data-photo="{nameless.uid}"></figure>' if number % 2 else ""
            story = self.draft(
                f"Pasar {number}", body=f"<p>Isi.</p>{picture}", tags=[self.rusia], protected_names="Rusia"
            )
            StoryPhoto.objects.create(story=story, photo=nameless if number % 3 else self.lilin)
        return list(Story.objects.select_related("edition", "section", "series", "lead_photo").order_by("pk"))

    def test_they_are_the_same_as_of_each_alone(self):
        stories = self.stories(6)
        together = publishing.blockers_of(stories)
        self.assertEqual(together, {story.pk: publishing.blockers(story) for story in stories})
        self.assertTrue(any("Tanpa nama" in reason for reasons in together.values() for reason in reasons))
        self.assertTrue(all("Rusia" in reasons[-1] for reasons in together.values()))

    def test_more_stories_ask_no_more_queries(self):
        stories = self.stories(12)
        with CaptureQueriesContext(connection) as of_many:
            publishing.blockers_of(stories)
        self.assertLessEqual(len(of_many), 4)
