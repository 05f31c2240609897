import datetime

from articles.models import Credit, Person, Position

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

MINUTE = datetime.timedelta(minutes=1)


class PersonPageTest(NewsroomTestCase):
    def headlines(self, address):
        self.page(address)
        return [story.headline for story in self.client.get(address).context["stories"]]

    def test_stories_stand_by_role_the_first_role_at_the_plain_address(self):
        self.story("Ditulis Nina")
        both = self.story("Disunting Nina", publish_at=PUBLISHED + MINUTE, credited=False)
        Credit.objects.create(story=both, person=self.nina, role="editor")
        self.assertEqual(self.headlines("/people/nina-yuniar/"), ["Ditulis Nina"])
        self.assertEqual(self.headlines("/people/nina-yuniar/?role=editor"), ["Disunting Nina"])
        page = self.page("/people/nina-yuniar/?role=editor")
        self.assertIn("<title>Nina Yuniar – Reporter – Disunting –", page)
        self.assertIn(
            '<link rel="canonical" href="http://gorontalo.localhost:8000/people/nina-yuniar/?role=editor">', page
        )

    def test_a_role_that_somebody_does_not_have_here_is_no_page(self):
        self.story()
        for role in ("editor", "translator", "pemimpin", "", "%00"):
            self.page(f"/people/nina-yuniar/?role={role}", status=404)

    def test_who_has_nothing_live_and_no_position_has_no_page(self):
        self.story("Masih embargo", embargo_until=LATER)
        self.page("/people/nina-yuniar/", status=404)
        Position.objects.create(edition=self.gorontalo, person=self.nina, title="Reporter")
        self.assertEqual(self.headlines("/people/nina-yuniar/"), [])

    def test_who_wrote_a_story_stands_below_its_text_with_what_they_say_of_themselves(self):
        story = self.story()
        anonymous = self.story("Tanpa nama", credited=False)
        self.assertNotIn('class="author"', self.page(anonymous.get_absolute_url()))
        Person.objects.filter(pk=self.nina.pk).update(bio="Meliput perang <dan> damai.")
        box = self.page(story.get_absolute_url()).split('class="author"')[1].split("</aside>")[0]
        for words in ("Nina Yuniar", "Reporter", "Meliput perang &lt;dan&gt; damai.", "/people/nina-yuniar/feed/"):
            self.assertIn(words, box)

    def test_the_masthead_groups_people_by_their_title(self):
        budi = Person.objects.create(name="Budi", slug="budi", competence="senior")
        for person in (self.nina, budi):
            Position.objects.create(edition=self.gorontalo, person=person, title="Reporter")
        page = self.page("/masthead/")
        self.assertEqual(page.count("<dt>Reporter</dt>"), 1)
        self.assertIn("Wartawan Utama", page)
