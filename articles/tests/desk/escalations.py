"""Somebody who posts by hand to get further than their role: stories of two editions, and who signs in."""

import logging

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Membership, Story

from ..cases import DeskTest


class EscalationCase(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.add_other_desks()
        cls.colleague = get_user_model().objects.create(username="rekan", is_staff=True)

    def setUp(self):
        super().setUp()
        logging.disable(logging.WARNING)
        self.addCleanup(logging.disable, logging.NOTSET)

    def as_(self, role, section=None, **also):
        """Signs in somebody with that role of Gorontalo, and with others elsewhere: {role: edition}."""
        user = self.somebody(role, section=section)
        for other, edition in also.items():
            Membership.objects.create(user=user, role=other, edition=edition)
        self.client.force_login(user)
        return user

    def begun(self, by, headline="Naskah", **changes):
        story = self.draft(headline, **changes)
        publishing.record(story, by, timezone.now())
        return story

    def foreign(self, headline="Naskah Jogja", **changes):
        return self.begun(self.colleague, headline, edition=self.jogja, section=self.kota, **changes)

    def new(self, **changes):
        formsets = [
            f"{prefix}-{name}_FORMS" for prefix in ("credits", "tag_links", "gallery") for name in ("TOTAL", "INITIAL")
        ]
        fields = {
            "edition": self.gorontalo.pk, "section": self.dunia.pk, "label": "news", "headline": "Baru", "slug": "baru",
            "urgency": 5, **dict.fromkeys(formsets, 0), **changes,
        }  # fmt: skip
        return self.client.post(reverse("admin:articles_story_add"), fields)

    def unchanged(self, story):
        return Story.objects.filter(pk=story.pk).values().get()
