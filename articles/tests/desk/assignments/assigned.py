"""What the tests of assignments share: an assignment of the section Internasional that Nina's account has."""

import datetime

from django.utils import timezone

from articles.models import Assignee, Assignment

from ...newsroom import NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
NOW = timezone.now().replace(second=0, microsecond=0)


class AssignmentTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.add_other_desks()
        cls.reporter = cls.somebody("reporter", name="nina")
        cls.nina.user = cls.reporter
        cls.nina.save()
        cls.chief = cls.somebody("chief")

    @classmethod
    def assignment(cls, headline="Banjir di Limboto", people=(), **changes):
        fields = {"section": cls.dunia, "due_at": NOW + 3 * HOUR, "created_at": NOW, "created_by": cls.chief, **changes}
        assignment = Assignment.objects.create(headline=headline, **fields)
        Assignee.objects.bulk_create(Assignee(assignment=assignment, user=person) for person in people)
        return assignment
