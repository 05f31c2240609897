"""Columns of the list of stories that one may add: words, reads and the age of the standing.

The figures of a whole page of rows are read at once, and only if their column is shown.
"""

import datetime

from django.db.models import Max, Sum
from django.utils import timezone

from articles.models import ReadCount, Revision, Story
from articles.models.revision import Move
from articles.text.body import word_count

A_DAY = datetime.timedelta(days=1)
MOVES = [Move.SUBMITTED, Move.RETURNED, Move.APPROVED, Move.RELEASED, Move.WITHDRAWN]  # those that change a standing


def words(keys):
    """{story: number of words in its text}"""
    bodies = Story.objects.filter(pk__in=keys).order_by().values_list("pk", "body")
    return {key: word_count(body) for key, body in bodies}


def reads(keys):
    """{story: reads of the last 24 hours}"""
    since = timezone.now() - A_DAY
    counted = ReadCount.objects.filter(story__in=keys, hour__gt=since).order_by().values("story")
    return dict(counted.annotate(sum=Sum("reads")).values_list("story", "sum"))


def moved_at(keys):
    """{story: time of its last transition}"""
    moves = Revision.objects.filter(story__in=keys, move__in=MOVES).order_by().values("story")
    return dict(moves.annotate(last=Max("at")).values_list("story", "last"))


FIGURES = {"words": words, "reads": reads, "age": moved_at}
