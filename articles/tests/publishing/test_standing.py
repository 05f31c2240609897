import datetime

from articles.models import Story
from articles.models.story import Standing, State

from ..newsroom import PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
TIMES = [
    # publish_at, embargo_until, expires_at, and the standing an hour before, at, one and two hours after PUBLISHED
    (None, None, ["scheduled", "live", "live", "live"]),
    (PUBLISHED + HOUR, None, ["scheduled", "embargoed", "live", "live"]),
    (PUBLISHED - HOUR, None, ["scheduled", "live", "live", "live"]),
    (None, PUBLISHED + HOUR, ["scheduled", "live", "expired", "expired"]),
    (PUBLISHED + HOUR, PUBLISHED + 2 * HOUR, ["scheduled", "embargoed", "live", "expired"]),
]


class StandingTest(NewsroomTestCase):
    def test_the_clock_decides_what_a_released_story_is(self):
        for number, (embargo_until, expires_at, expected) in enumerate(TIMES):
            story = self.story(f"Kasus {number}", embargo_until=embargo_until, expires_at=expires_at)
            for hours, standing in zip((-1, 0, 1, 2), expected, strict=True):
                with self.subTest(number=number, hours=hours):
                    self.assertEqual(story.standing(PUBLISHED + hours * HOUR), standing)

    def test_the_query_and_the_story_agree_for_every_state_and_time(self):
        for state in State.values:
            for number, (embargo_until, expires_at, _) in enumerate(TIMES):
                self.story(f"{state} {number}", state=state, embargo_until=embargo_until, expires_at=expires_at,
                           day=PUBLISHED.date())  # fmt: skip
        stories = list(Story.objects.all())
        for hours in (-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3):
            at = PUBLISHED + hours * HOUR
            for standing in Standing:
                found = set(Story.objects.standing(standing, at).values_list("headline", flat=True))
                told = {story.headline for story in stories if story.standing(at) == standing}
                self.assertEqual(found, told, (hours, standing))

    def test_only_the_live_are_live(self):
        live = self.story("Sudah tayang")
        self.story("Nanti", publish_at=PUBLISHED + HOUR)
        self.draft("Draf")
        self.assertEqual(list(Story.objects.live(PUBLISHED)), [live])
