"""Notices as a page shows them. What somebody may not see any more loses its headline."""

from typing import NamedTuple

from django.urls import reverse

from articles import permissions
from articles.database.compiled import CompiledQuery
from articles.models import Notice, Story
from articles.permissions import assigned
from articles.publishing.told import words

ON_A_PAGE, AT_HOME = 50, 5


class Line(NamedTuple):
    notice: Notice
    headline: str  # "": it is not open to them any more
    sentence: str

    @property
    def address(self):
        return reverse("admin:told_open", args=[self.notice.pk])


def of_page(user, before=None):
    """([Line], id of the last if there are older ones)"""
    older = {"pk__lt": before} if before else {}
    rows = list(_of(user).filter(**older).order_by("-pk")[: ON_A_PAGE + 1])
    return _lines(user, rows[:ON_A_PAGE]), rows[ON_A_PAGE - 1].pk if len(rows) > ON_A_PAGE else None


def at_home(user):
    """The newest that they have not seen."""
    return _lines(user, _unseen(user=user.pk))


def _of(user):
    return Notice.objects.filter(to=user).select_related("story", "assignment", "by__person")


_unseen = CompiledQuery(lambda user: _of(user).filter(seen_at__isnull=True).order_by("-pk")[:AT_HOME])


def _lines(user, rows):
    stories = {row.story_id for row in rows if row.story_id}
    seen = set(permissions.stories(user).filter(pk__in=stories).values_list("pk", flat=True)) if stories else set()
    given = {row.assignment_id for row in rows if row.assignment_id}
    kept = set(assigned.assignments(user).filter(pk__in=given).values_list("pk", flat=True)) if given else set()
    return [
        Line(row, words.headline(row) if row.story_id in seen or row.assignment_id in kept else "", words.sentence(row))
        for row in rows
    ]


def about(notice):
    """The address of what a notice is about; "" if it has none."""
    if notice.story_id:
        page = reverse("admin:articles_story_change", args=[notice.story_id])
        return page + "#talk" if notice.kind in ("noted", "mentioned") else page
    return reverse("admin:articles_assignment_change", args=[notice.assignment_id])


def same(notice):
    """This notice and all others to the same person about the same thing: who opens it has seen them."""
    one = {"story": notice.story_id} if notice.story_id else {"assignment": notice.assignment_id}
    return Notice.objects.filter(to=notice.to_id, **one)


def on_story(user_id, story_id):
    return same(Notice(to_id=user_id, story=Story(pk=story_id)))
