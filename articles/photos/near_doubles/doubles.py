"""Near doubles: photos of the library that are a copy, a crop or a mirror of another."""

import functools
import threading

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max, Min, Q

from articles.database.invalidation import Postgresql, Sqlite
from articles.models import Photo, Touch
from articles.photos import budget

from ..scaling import unpacked
from . import columns, likeness, looks

MOST_READ_AGAIN = 300  # photos; where more have changed, all are read
MOST_BESIDE = 1_000  # photos that are compared one by one; with more, all are held in new columns


def alike(photo, most=6):
    """Photos of which this one is a near double, nearest first: [Photo].

    A photo that was just described is known still; of any other the stored file is read. Raises OSError if it is gone.
    """
    if not photo.looks:
        return []
    searched = likeness.Searched(getattr(photo, "squared", None) or _squared(photo), photo.width / photo.height)
    views = dict(searched.nearest(*library().outlines()))
    tried = Photo.objects.exclude(pk=photo.pk).in_bulk(views)
    near = []
    for other in tried.values():
        seen = looks.Looks.parse(other.looks)
        far = searched.distance(seen, other.width / other.height, views[other.pk]) if seen else None
        if far is not None:
            near.append((far, other.pk))
    return [tried[pk] for _far, pk in sorted(near)[:most]]


def _squared(photo):
    with budget.a_turn(), default_storage.open(photo.file.name) as file:
        return looks.square(unpacked(file, looks.times).image)


@functools.cache
def library():
    """The one of this process."""
    return Library()


class Library:
    """Outlines of all photos, held in memory: what was touched since they were read is read again.

    Within a transaction nothing is kept that was read, since it may be rolled back.
    """

    def __init__(self):
        self.lock = threading.Lock()
        self.number = None  # of the newest touch before the photos were read
        self.by_uid = {}  # primary key and outline
        self.columns, self.within = columns.Columns([]), {}  # by uid, the rows that the columns hold
        self.column = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number

    def outlines(self):
        """([(primary key, Outline)], Columns) of all photos whose looks are known, each in one of them."""
        with self.lock:
            number, touched = self._touched()
            if touched is None:
                by_uid = _read(Photo.objects.all())
            elif touched:
                read = _read(Photo.objects.filter(uid__in=touched))
                same = {uid for uid in touched if uid in read and read[uid] == self.by_uid.get(uid)}
                kept = {uid: row for uid, row in self.by_uid.items() if uid not in touched or uid in same}
                by_uid = {**read, **kept}
            else:
                by_uid = self.by_uid
            if not connection.in_atomic_block:
                self.number, self.by_uid = number, by_uid
            return self._divided(by_uid)

    def _divided(self, by_uid):
        """Those in the columns, as long as none of these changed, and those beside them."""
        beside = [row for uid, row in by_uid.items() if self.within.get(uid) is not row]
        is_whole = len(by_uid) - len(beside) == len(self.within)
        if is_whole and len(beside) <= MOST_BESIDE:
            return beside, self.columns
        if connection.in_atomic_block:
            return by_uid.values(), None
        self.within, self.columns = by_uid, columns.Columns(by_uid.values())
        return [], self.columns

    def _touched(self):
        """(number of the newest touch, uids of the photos touched since); None for the uids where it is not known."""
        known = Touch.objects.aggregate(newest=Max(self.column), oldest=Min(self.column))
        newest, oldest = known["newest"] or 0, known["oldest"] or 0
        if self.number is None or newest < self.number or oldest > self.number + 1:
            return newest, None
        since = Touch.objects.filter(Q(**{f"{self.column}__gt": self.number}) | Q(**{f"{self.column}__isnull": True}))
        keys = set(since.filter(key__startswith="f").values_list("key", flat=True)[: MOST_READ_AGAIN + 1])
        return newest, {key[1:] for key in keys} if len(keys) <= MOST_READ_AGAIN else None


def _read(queryset):
    found = {}
    rows = queryset.exclude(looks="").values_list("uid", "pk", "looks", "width", "height")
    for uid, pk, text, width, height in rows.iterator():
        if seen := looks.Looks.parse(text):
            found[uid.hex] = pk, likeness.Outline.of(seen, width / height)
    return found
