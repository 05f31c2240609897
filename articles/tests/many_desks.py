"""Every role at every desk of two editions, with stories of each kind: what one may see, may change, may link to."""

import itertools

from articles.models import Credit, Membership, Person, Revision, Section, Story
from articles.models.membership import DeskRole
from articles.models.person import Role
from articles.models.story import State

from .newsroom import LATER, PUBLISHED, NewsroomTestCase

STATES = [State.DRAFT, State.SUBMITTED, State.RELEASED]


class ManyDesksTest(NewsroomTestCase):
    """Two editions; in Gorontalo a section with one below it, and another."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jogja = cls.edition(
            name="TribunJogja.com", slug="jogja", host="jogja.localhost", company="PT Jogja", address="Jalan Contoh 2",
            responsible=cls.ananda,
        )  # fmt: skip
        cls.eropa = Section.objects.create(edition=cls.gorontalo, name="Eropa", slug="eropa", parent=cls.dunia)
        cls.olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.kota = Section.objects.create(edition=cls.jogja, name="Kota", slug="kota")
        cls.user = cls.somebody("photo", name="rekan")
        cls.user.memberships.all().delete()
        person = Person.objects.create(name="Rekan", slug="rekan", user=cls.user)
        whose = [None, "begun", "credited", "changed"]
        places = [cls.dunia, cls.eropa, cls.olahraga, cls.kota]
        cast = list(itertools.product(places, STATES, whose))
        Story.objects.bulk_create(cls.written(number, *one) for number, one in enumerate(cast))
        for story, (_place, _state, by) in zip(Story.objects.order_by("pk"), cast, strict=True):
            if by == "credited":
                Credit.objects.create(story=story, person=person, role=Role.EDITOR)
            elif by:
                number = 1 if by == "begun" else 2
                Revision.objects.create(story=story, number=number, by=cls.user, at=PUBLISHED, snapshot={})

    @classmethod
    def written(cls, number, section, state, _whose):
        had = state in (State.RELEASED, State.WITHDRAWN)
        return Story(
            edition=section.edition, section=section, state=state, headline=f"Naskah {number}", slug=f"naskah-{number}",
            publish_at=PUBLISHED if number % 3 or had else None, changed_at=LATER if number % 2 else None,
            day=PUBLISHED.date() if had else None, first_published_at=PUBLISHED if had else None,
        )  # fmt: skip

    def as_one_with(self, *memberships):
        Membership.objects.filter(user=self.user).delete()
        for role, edition, section in memberships:
            Membership.objects.create(user=self.user, role=role, edition=edition, section=section)
        return type(self.user).objects.get(pk=self.user.pk)

    def desks(self):
        """Every role at every desk, and pairs of them that overlap."""
        places = [(None, None), (self.gorontalo, None), (self.gorontalo, self.dunia), (self.gorontalo, self.eropa)]
        every = [(role, *place) for role in DeskRole for place in places]
        yield from ([one] for one in every)
        yield from ([one, (DeskRole.REPORTER, self.gorontalo, None)] for one in every[4:])
        yield [(DeskRole.EDITOR, self.gorontalo, self.dunia), (DeskRole.EDITOR, self.jogja, None)]
        yield [(DeskRole.EDITOR, self.gorontalo, self.eropa), (DeskRole.PHOTO, None, self.dunia)]
        yield [(DeskRole.EDITOR, self.gorontalo, self.kota)]  # a section of another edition: none of its stories
