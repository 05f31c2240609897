"""What a page reads while it is printed: noted by the rows and lists themselves as they come from the database."""

import contextlib
import contextvars
import functools
import logging
import math
import re

from django.conf import settings
from django.db import connection

_tracker = contextvars.ContextVar("printing", default=None)
# Queries that must be followed by database/list_keys.py; and of those the ones that read rows by their keys alone.
OF_STORIES = re.compile(r'"articles_(?:story|credit|taggedstory|correction|storyphoto)"')
BY_KEY = re.compile(r'FROM ("articles_\w+") WHERE \1\."id" (?:= %s|IN \([%s, ]+\))(?: LIMIT 21)?$')
WRITES = ("INSERT", "UPDATE", "DELETE")

log = logging.getLogger(__name__)


class Untracked(Exception):
    """A page that may be held read stories in a way that nothing would tell it of when they change."""


class DependencyTracker:
    """The keys of all that is read, until when it holds by the clock, and whether the view lets it be held.

    `followed`: the SQL of which the lists are noted. While a query is only compiled (database/compiled.py), `open_keys`
    are those of lists whose row is given later, and `refused` tells why it cannot be followed.
    """

    def __init__(self, is_page=True):
        self.keys, self.until = set(), math.inf
        self.followed, self.open_keys, self.refused, self.is_compiling = set(), set(), "", False
        self.is_cacheable, self.is_page, self.shared = False, is_page, 1
        self.story = None  # whose read it is when the page is sent to a browser
        self.number = self.version = self.epoch = self.at = 0

    @property
    def is_tracking(self):
        """Whether it may be held, or is a part of what may be."""
        return self.is_cacheable or not self.is_page

    def since(self, state):
        """It was read when the watch knew this much (Watch.state)."""
        self.number, self.version, self.epoch, self.at = state


@contextlib.contextmanager
def tracked(is_page=True):
    """Notes what is read within. Yields a Printing."""
    tracker = DependencyTracker(is_page)
    token = _tracker.set(tracker)
    is_within = token.old_value not in (token.MISSING, None)
    try:
        with contextlib.nullcontext() if is_within else connection.execute_wrapper(_check):
            yield tracker
    finally:
        _tracker.reset(token)


def _check(execute, sql, params, many, context):
    page = _tracker.get()
    if page is not None and page.is_tracking and sql not in page.followed and not is_followed(sql, page.followed):
        untracked(sql, "it reads stories, and no list of them is noted")
    return execute(sql, params, many, context)


def is_followed(sql, followed):
    """Whether all that a query reads of stories is in parts of it that are followed, or rows by their keys."""
    if not OF_STORIES.search(sql) or sql.startswith(WRITES) or BY_KEY.search(sql):
        return True
    for part in sorted(followed, key=len, reverse=True):
        sql = sql.replace(part, "")
    return not OF_STORIES.search(sql)


def untracked(sql, reason):
    """Such a page must not be held; in tests and DEBUG it fails, so that whoever writes it sees why."""
    page = _tracker.get()
    if page.is_compiling:
        page.refused = reason
        return
    told = (
        f"A page that may be held cannot be kept fresh, for {reason}. Ask stories for a list that is followed "
        f"(database/list_keys.py), or say .untracked(reason), or do not hold the page. The query: {sql}"
    )
    if settings.UNTRACKED_QUERIES_FAIL:
        raise Untracked(told)
    log.error(told)
    page.is_cacheable, page.until = False, 0


def follow(sql, lists):
    """The page depends on these lists, [(letter, value)], which this SQL reads."""
    page = _tracker.get()
    page.followed.add(sql)
    for letter, value in lists:
        if hasattr(value, "mark"):  # a Hole
            page.open_keys.add((letter, value))
        else:
            page.keys.add(f"{letter}{value}+")


def current():
    """The Printing that goes on, if any."""
    return _tracker.get()


def depends_on(*keys):
    """Rows that a page depends on even where it did not read them: what is missing now may come."""
    if tracker := _tracker.get():
        tracker.keys.update(keys)


def counts_as_read(story):
    """Whoever is sent this page reads that story: the id is kept with the page, and reads.py counts."""
    if tracker := _tracker.get():
        tracker.story = story


def valid_until(at):
    """Something that a page shows changes by the clock at the moment `at`."""
    if tracker := _tracker.get():
        tracker.until = min(tracker.until, at.timestamp())


def no_store():
    """This one is printed for this reader only."""
    if tracker := _tracker.get():
        tracker.is_cacheable = False


def cacheable(*query, shared=1):
    """Marks a view whose page may be held. `query`: the parameters that it knows; others are not passed to it.

    `shared`: seconds that shared caches may keep it. A Cache-Control of the view's own stands instead; where that
    forbids to share or to store it, the page is not held.
    """

    def mark(view):
        @functools.wraps(view)
        def marked(request, *args, **kwargs):
            if tracker := _tracker.get():
                tracker.is_cacheable, tracker.shared = True, shared
                tracker.keys.add(request.edition.dependency_key)
                valid_until(request.edition.next_midnight())
            return view(request, *args, **kwargs)

        marked.known_query = frozenset(query)
        return marked

    return mark


class TracksDependencies:
    """A row that readers are shown: while a page is printed, it notes that the page depends on it."""

    key_parts = ("", "id")  # the letter of its keys in database/invalidation.py, and the column that tells it apart

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        row = super().from_db(db, field_names, values, **kwargs)
        if (tracker := _tracker.get()) and cls.key_parts[1] in row.__dict__:
            tracker.keys.add(row.dependency_key)
        return row

    @property
    def dependency_key(self):
        letter, column = self.key_parts
        value = getattr(self, column)
        return f"{letter}{getattr(value, 'hex', value)}"
