"""What the tests of notices share: a reporter whose story goes its way, and those who are told."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from articles import publishing
from articles.models import Notice, Section

from ...cases import DeskTest


class TellingTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.reporter = cls.somebody("reporter", name="rina")
        cls.editor = cls.somebody("editor", name="edo")
        cls.chief = cls.somebody("chief", name="citra")
        cls.now = timezone.now()
        cls.naskah = cls.draft()
        publishing.record(cls.naskah, cls.reporter, cls.now)
        Notice.objects.all().delete()

    def told(self):
        """{(who, of what, by whom)}"""
        return set(Notice.objects.values_list("to__username", "kind", "by__username"))

    def submitted(self):
        story = publishing.submit(self.naskah, self.reporter, self.now)
        Notice.objects.all().delete()
        return story

    @classmethod
    def with_mail(cls, user):
        get_user_model().objects.filter(pk=user.pk).update(email=f"{user.username}@example.com")
        user.refresh_from_db()
        return user

    @classmethod
    def seni(cls):
        return Section.objects.create(edition=cls.gorontalo, name="Seni", slug="seni")
