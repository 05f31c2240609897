"""The editor offers every story to which one may link, and no other."""

import datetime
import itertools

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles import permissions
from articles.listings.at_desk import first_linkable
from articles.models import Story
from articles.models.membership import DeskRole
from articles.models.story import State

from ...many_desks import ManyDesksTest

A_DAY = datetime.timedelta(days=1)


class LinkableTest(ManyDesksTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.now = timezone.now()
        times = {"publish_at": cls.now + A_DAY}, {"expires_at": cls.now - A_DAY}, {"embargo_until": cls.now + A_DAY}
        for number, (section, more) in enumerate(itertools.product([cls.eropa, cls.olahraga, cls.kota], times)):
            about = {"edition": section.edition, "section": section, "publish_at": cls.now - 2 * A_DAY}
            cls.story(f"Berwaktu {number}", slug=f"berwaktu-{number}", credited=False, **about | more)

    def wanted(self, user):
        """Asked of one story after the other: it is at the user's desk, or readers of the user's editions have it."""
        mine = {membership.edition_id for membership in permissions.memberships(user)}
        for story in Story.objects.all():
            is_near = None in mine or story.edition_id in mine
            if permissions.may(user, "view", story) or (is_near and story.standing(self.now) == "live"):
                yield story.pk

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_it_offers_every_story_to_which_one_may_link_and_no_other(self):
        for desk in self.desks():
            user = self.as_one_with(*desk)
            with self.subTest(desk=[tuple(map(str, one)) for one in desk]):
                wanted = sorted(self.wanted(user))
                self.assertEqual(sorted(first_linkable(user, Q(), self.now, 1_000)), wanted)
                linkable = permissions.linkable(user, self.now)
                self.assertEqual(sorted(linkable.values_list("pk", flat=True)), wanted)

    def test_the_last_to_go_live_stand_first_and_what_has_no_time_last(self):
        user = self.as_one_with((DeskRole.REPORTER, self.gorontalo, self.dunia), (DeskRole.EDITOR, None, self.kota))
        times = dict(Story.objects.values_list("pk", "live_from"))
        found = first_linkable(user, Q(), self.now, 1_000)
        none = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        self.assertEqual(found, sorted(found, key=lambda pk: (times[pk] or none, pk), reverse=True))
        self.assertEqual(first_linkable(user, Q(), self.now, 7), found[:7])

    def test_the_picker_of_the_editor_asks_so(self):
        user = self.as_one_with((DeskRole.REPORTER, self.gorontalo, self.dunia))
        hidden = Story.objects.filter(edition=self.gorontalo, state=State.DRAFT, revisions=None, credits=None).first()
        self.client.force_login(user)
        for words in ({}, {"q": "naskah"}, {"q": "Berwaktu"}):
            found = self.client.get(reverse("admin:articles_story_find"), words).json()["results"]
            uids = {str(one.uid) for one in Story.objects.filter(pk__in=self.wanted(user))}
            self.assertTrue({one["uid"] for one in found} <= uids, words)
            self.assertEqual(len(found), 20 if words.get("q") != "Berwaktu" else 0)
        asked = self.client.get(reverse("admin:articles_story_find"), {"uid": hidden.uid})
        self.assertEqual(asked.json()["results"], [])
