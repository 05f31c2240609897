"""A home costs the same, however many stories wait, are live or are to be mended."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Credit, ReadCount, Revision, Story
from articles.models.person import Role

from .homes import DAY, HOUR, MINUTE, HomeTest

MOST = 28  # beside the two of the sign-in; of these: assignments, who writes what, and what somebody is told


class HomeQueriesTest(HomeTest):
    def add(self, count):
        """So many stories of each kind that a home shows."""
        kinds = [
            {"state": "submitted"},
            {"state": "returned"},
            {"state": "draft"},
            {"state": "draft", "publish_at": self.now - HOUR},
            {"state": "approved", "publish_at": self.now + HOUR, "standfirst": ""},
            {"state": "released", "publish_at": self.now - HOUR, "day": self.now.date()},
            {"state": "released", "publish_at": self.now - 9 * DAY, "day": self.now.date(), "label": "unverified"},
        ]
        first = Story.objects.count()
        stories = [
            Story(
                **{"edition": self.gorontalo, "section": self.dunia, "headline": f"Naskah {number}", **kind},
                slug=f"naskah-{number}-{place}", changed_at=self.now - number * MINUTE, lead_photo=self.lilin,
            )
            for number in range(first, first + count // len(kinds) + 1)
            for place, kind in enumerate(kinds)
        ]  # fmt: skip
        Story.objects.bulk_create(stories)
        new = Story.objects.order_by("-pk")[: len(stories)]
        Revision.objects.bulk_create(
            Revision(story=story, number=1, snapshot={}, by=self.reporter, at=self.now) for story in new
        )
        Credit.objects.bulk_create(Credit(story=story, person=self.nina, role=Role.AUTHOR) for story in new)
        live = [story for story in new if story.state == "released"]
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        ReadCount.objects.bulk_create(ReadCount(story=story, hour=hour, reads=3) for story in live)

    def queries(self, user):
        self.home(user)
        with CaptureQueriesContext(connection) as asked:
            self.home()
        return [
            one["sql"] for one in asked if "django_session" not in one["sql"] and 'FROM "auth_user" ' not in one["sql"]
        ]

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_sixty_and_three_hundred_stories_ask_as_much(self):
        self.nina.user = self.editor
        self.nina.save()
        users = [self.editor, self.reporter, self.somebody("photo"), self.somebody("chief"), self.somebody("admin")]
        self.lilin.agency = self.lilin.photographer = self.lilin.alt = ""
        self.lilin.save()
        self.add(60)
        few = {user.username: self.queries(user) for user in users}
        self.add(240)
        for user in users:
            many = self.queries(user)
            with self.subTest(user=user.username):
                self.assertLessEqual(len(many), MOST, "\n".join(sql[:150] for sql in many))
                self.assertEqual(len(many), len(few[user.username]))
