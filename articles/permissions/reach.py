"""The stories that somebody may reach, as a few ranges of indexes: an edition, some sections of it, one's own."""

import datetime
import functools
import operator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from articles.models import Credit, Revision, Section
from articles.models.section import family
from articles.models.story import Standing, State
from articles.models.story_queryset import stands

EVERYTHING = Q(pk__isnull=False)  # `X | Q()` is `X`, so an empty Q cannot mean "every story" here
NOTHING = Q(pk__in=[])


class Right(NamedTuple):
    """With which stories of a desk something may be done: with all, or with fewer of them."""

    is_own: bool = False  # begun by the user, or credited to them
    states: tuple[State, ...] = ()  # (): in every state
    is_never_live: bool = False  # readers never had them
    live_at: datetime.datetime | None = None  # readers have them at this time


ALL = Right()


class Range(NamedTuple):
    """The stories of an edition and of sections on which a user has a right."""

    edition_id: int | None  # None: every edition
    section_ids: frozenset[int]  # empty: every section
    right: Right

    def holds(self, other):
        """Whether each story of the other range is surely one of this."""
        is_there = not self.section_ids or (bool(other.section_ids) and other.section_ids <= self.section_ids)
        return self.edition_id in (None, other.edition_id) and is_there and self.right in (ALL, other.right)

    def has(self, facts):
        """Whether a story of which these Facts are known lies in this range: the rule of `within`, for one row."""
        of_sections, right = not self.section_ids or facts.section_id in self.section_ids, self.right
        is_there = self.edition_id in (None, facts.edition_id) and of_sections
        is_kept = facts.first_published_at is None or not right.is_never_live
        is_in_state = not right.states or facts.state in right.states
        return is_there and is_kept and is_in_state and (facts.is_own or not right.is_own)

    def is_apart_from(self, other):
        """Whether surely no story is in both ranges."""
        editions = {self.edition_id, other.edition_id}
        of_two_editions = len(editions) == 2 and None not in editions
        of_other_sections = self.section_ids and other.section_ids and not self.section_ids & other.section_ids
        return of_two_editions or bool(of_other_sections)


class Facts(NamedTuple):
    """What of a story decides in which ranges it lies."""

    edition_id: int
    section_id: int
    state: str
    first_published_at: datetime.datetime | None
    is_own: bool


def widest(ranges):
    """The ranges without those that lie within another; those of one's own stories stand last."""
    found = sorted(dict.fromkeys(ranges), key=lambda one: one.right.is_own)
    return [one for one in found if not any(other.holds(one) for other in found if other != one)]


def any_of(user, ranges):
    """A condition: the story lies in one of the ranges."""
    return functools.reduce(operator.or_, (within(user, each) for each in ranges), NOTHING)


def within(user, one):
    """A condition: the story lies in this range."""
    where = place(one) & limits(one.right)
    return where & own(user) if one.right.is_own else where


def place(one):
    """A condition: the story stands in the edition and in one of the sections of this range."""
    where = EVERYTHING
    if one.edition_id is not None:
        where &= Q(edition=one.edition_id)
    if one.section_ids:
        where &= Q(section__in=sorted(one.section_ids))
    return where


def limits(right):
    """A condition: the story is one of those to which this right is limited, whosever it is."""
    where = EVERYTHING
    if right.states:
        where &= Q(state__in=right.states)
    if right.is_never_live:
        where &= Q(first_published_at__isnull=True)
    if right.live_at:
        where &= stands(Standing.LIVE, right.live_at)
    return where


def own(user, of_few=False):
    """A condition: stories that somebody began or is credited for. Editing a story does not make it one's own.

    `of_few`: few stories are asked about. PostgreSQL reads all of one's own to compare them with the stories; a span,
    unlike an equation, lets it look for each story by itself.
    """
    pk = OuterRef("pk")
    there = {"story__gte": pk, "story__lte": pk} if of_few else {"story": pk}
    begun = Revision.objects.filter(**there, by=user, number=1)
    return Exists(begun) | Exists(Credit.objects.filter(**there, person__user=user))


def own_ids(user):
    """The same as subqueries of ids: a list of one's own stories begins with them."""
    begun = Revision.objects.filter(by=user, number=1).values("story")
    return Q(pk__in=begun.union(Credit.objects.filter(person__user=user).values("story")))


def families(section_ids):
    """{section: the ids of it and of the sections below}"""
    named = set(section_ids)
    return families_among(named, Section.objects.filter(edition__sections__in=named).distinct() if named else [])


def families_among(named, sections):
    """The same, where all sections of their editions are known."""
    sections = list(sections)
    return {one.pk: frozenset(each.pk for each in family(one, sections)) for one in sections if one.pk in named}
