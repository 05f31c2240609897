"""What stops a story on its way to readers, what is only doubtful, and what a released story must keep (rules.md D)."""

import datetime

import time_machine
from django.utils.translation import override

from articles import publishing
from articles.models import Credit, Edition, Photo, ReadCount, Section, StoryPhoto

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
ALL_FOUR = dict.fromkeys(["in_public_interest", "source_is_credible", "subject_not_reached", "readers_are_told"], True)

# What is wrong with a story that is ready otherwise → what the desk is told.
BLOCKED = {
    "no headline": ({"headline": " "}, "Write a headline."),
    "a headline of nothing visible": ({"headline": "\u200b\u2800\u3164"}, "Write a headline."),
    "no standfirst": ({"standfirst": " "}, "Write a standfirst."),
    "no body": ({"body": "<p> </p>"}, "Write the body."),
    "TK in the headline": ({"headline": "Korban TK orang"}, "marked as unfinished: TK"),
    "XXX in the standfirst": ({"standfirst": "Sebanyak XXX orang"}, "marked as unfinished: XXX"),
    "XXX in the body": ({"body": "<p>Sebanyak <em>XXX</em> orang.</p>"}, "marked as unfinished: XXX"),
    "AI and no note on it": ({"is_made_with_ai": True}, "artificial intelligence"),
    "AI and an empty note": ({"is_made_with_ai": True, "ai_note": "  "}, "artificial intelligence"),
    "a child who may be known": ({"involves_child": True}, "tells who the child is"),
    "an advertorial that nobody paid for": ({"label": "advertorial", "sponsor": " "}, "Say who paid"),
    "news that somebody paid for": ({"sponsor": "Bank Contoh"}, "is an advertorial"),
    "a photo story without photos": ({"label": "photo-story"}, "a gallery of two photos"),
    "unverified, no condition": ({"label": "unverified"}, "all four"),
    **{
        f"unverified, without “{name}”": ({"label": "unverified", **ALL_FOUR, name: False}, "all four")
        for name in ALL_FOUR
    },
}


class BlockedTest(NewsroomTestCase):
    def refused(self, story, *words, **changes):
        """Nothing but `words` is told, and nothing is changed."""
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            publishing.release(story, None, PUBLISHED)
        told = caught.exception.reasons
        self.assertEqual(len(told), len(words), f"The desk is told {told}, expected {words}")
        for word, reason in zip(words, told, strict=True):
            self.assertIn(word, reason)
        story.refresh_from_db()
        self.assertEqual(
            (story.state, story.version, story.revisions.count()), ("draft", 1, 0), "Something was changed."
        )

    def test_a_story_with_all_that_is_needed_goes_out(self):
        self.assertEqual(publishing.release(self.draft(), None, PUBLISHED).state, "released")

    def test_each_lack_blocks_and_says_what_to_do(self):
        for lack, (changes, told) in BLOCKED.items():
            with self.subTest(lack):
                self.refused(self.draft(**changes), told)

    def test_approving_asks_for_the_same(self):
        for lack, (changes, told) in BLOCKED.items():
            story = self.draft(**changes)
            with self.subTest(lack), self.assertRaises(publishing.Refused) as caught, override("en"):
                publishing.approve(story, None, PUBLISHED)
            self.assertIn(told, str(caught.exception), f"A story is approved although: {lack}")

    def test_a_section_of_another_edition(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.refused(self.draft(section=Section.objects.create(edition=jogja, name="Jogja", slug="jogja")), "section")

    def test_an_author_and_an_editor_are_credited(self):
        for role in ("author", "editor"):
            story = self.draft()
            Credit.objects.filter(story=story, role=role).delete()
            with self.subTest(role):
                self.refused(story, role)

    def test_the_only_author_is_not_the_only_editor(self):
        story = self.draft(credited=False)
        Credit.objects.create(story=story, person=self.nina, role="author")
        Credit.objects.create(story=story, person=self.nina, role="editor")
        self.refused(story, "only author")
        Credit.objects.create(story=story, person=self.ananda, role="editor")
        self.assertEqual(publishing.blockers(story), [], "Two edited it, and it is still refused")

    def test_a_hole_in_the_masthead(self):
        for hole in ({"company": " "}, {"address": ""}, {"responsible": None}):
            Edition.objects.update(**hole)
            with self.subTest(hole):
                self.refused(self.draft(), "masthead")
            Edition.objects.update(company="PT", address="Jalan", responsible=self.ananda)

    def test_every_picture_has_what_it_needs(self):
        lead, other = make_photo(), make_photo(title="Api", colour="#aa0000")
        text = f'<figure data-photo="{other.uid}"><figcaption>x</figcaption></figure><p>Isi.</p>'
        in_text, in_gallery = self.draft(body=text), self.draft()
        StoryPhoto.objects.create(story=in_gallery, photo=other)
        for lack in ({"alt": ""}, {"agency": "", "photographer": ""}):
            Photo.objects.filter(pk__in=[lead.pk, other.pk]).update(**lack)
            for where, story, told in (
                ("lead", self.draft(lead_photo=lead), "lead photo"),
                ("text", in_text, "“Api”"),
                ("gallery", in_gallery, "“Api”"),
            ):
                with self.subTest(where=where, lack=lack):
                    self.refused(story, told)
            Photo.objects.update(alt="Api", agency="AFP")
        Photo.objects.filter(pk=lead.pk).update(caption="")
        self.refused(self.draft(lead_photo=lead), "caption")
        self.assertEqual(publishing.blockers(self.draft(lead_photo=lead, lead_caption="Dari sini.")), [])

    def test_a_duty_that_is_done_blocks_nothing(self):
        done = {
            "is_made_with_ai": True,
            "ai_note": "Disunting Ananda.",
            "involves_child": True,
            "child_is_unnamed": True,
        }
        self.assertEqual(publishing.blockers(self.draft(label="unverified", **ALL_FOUR, **done)), [])


class LabelTest(NewsroomTestCase):
    def test_what_is_paid_for_says_so_on_page_card_and_feed_and_is_not_popular(self):
        story = self.story("Kain karawo", label="advertorial")
        ReadCount.objects.create(story=story, hour=PUBLISHED, reads=9)
        with time_machine.travel(PUBLISHED + HOUR, tick=False):
            for address in (story.get_absolute_url(), "/", "/latest/", "/section/internasional/", "/feed/"):
                self.assertIn("Advertorial", self.page(address), f"{address} does not say that it is paid for")
            self.assertNotIn(story.slug, self.page("/popular/"))

    def test_what_is_unverified_says_so_at_its_end(self):
        text = self.page(self.story(label="unverified").get_absolute_url()).split('<div class="body">')[1]
        self.assertIn("<em>(Berita ini masih", text)
        self.assertLess(text.index("Paragraf pertama"), text.index("<em>(Berita ini masih"))

    def test_what_is_made_with_ai_says_how(self):
        story = self.story(is_made_with_ai=True, ai_note="Diringkas mesin, diperiksa Ananda.")
        self.assertIn("Diringkas mesin, diperiksa Ananda.", self.page(story.get_absolute_url()))
