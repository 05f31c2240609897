"""Notes what a page depends on while it is rendered: rows and lists note themselves as they come from the database."""

import contextlib
import contextvars
import functools
import logging
import math
import re

from django.conf import settings
from django.db import connection

_tracker = contextvars.ContextVar("tracker", default=None)
# Queries on stories, which database/list_keys.py must follow; and those of them that read rows by their keys alone.
OF_STORIES = re.compile(r'"articles_(?:story|credit|taggedstory|correction|storyphoto)"')
BY_KEY = re.compile(r'FROM ("articles_\w+") WHERE \1\."id" (?:= %s|IN \([%s, ]+\))(?: LIMIT 21)?$')
WRITES = ("INSERT", "UPDATE", "DELETE")

log = logging.getLogger(__name__)


class Untracked(Exception):
    """A cacheable page read stories in a way that no invalidation would follow."""


class DependencyTracker:
    """The dependencies of a page: the keys of the rows and lists it read, and the time until which it is valid.

    `followed`: SQL whose lists are noted. While a query is only compiled (database/compiled.py), `open_keys` are the
    keys of lists whose row is given later, and `refused` is the reason why the query cannot be followed.
    """

    def __init__(self, is_page=True):
        self.keys, self.until = set(), math.inf
        self.followed, self.open_keys, self.refused, self.is_compiling = set(), set(), "", False
        self.is_cacheable, self.is_page, self.shared = False, is_page, 1
        self.number = self.version = self.epoch = self.at = 0

    @property
    def is_tracking(self):
        """Whether this is a cacheable page, or a part of one."""
        return self.is_cacheable or not self.is_page

    def since(self, state):
        """It was read when the checker was in this state (FreshnessChecker.state)."""
        self.number, self.version, self.epoch, self.at = state


@contextlib.contextmanager
def tracked(is_page=True):
    """Note the dependencies of the code within. Yields a DependencyTracker."""
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
    """Whether a query reads stories only in parts that are followed, or by their keys."""
    if not OF_STORIES.search(sql) or sql.startswith(WRITES) or BY_KEY.search(sql):
        return True
    for part in sorted(followed, key=len, reverse=True):
        sql = sql.replace(part, "")
    return not OF_STORIES.search(sql)


def untracked(sql, reason):
    """Such a page is not cached. In tests and DEBUG it fails, so that its author sees the reason."""
    page = _tracker.get()
    if page.is_compiling:
        page.refused = reason
        return
    message = (
        f"A cacheable page cannot be kept fresh, for {reason}. Ask stories for a list that is followed "
        f"(database/list_keys.py), or say .untracked(reason), or do not cache the page. The query: {sql}"
    )
    if settings.UNTRACKED_QUERIES_FAIL:
        raise Untracked(message)
    log.error(message)
    page.is_cacheable, page.until = False, 0


def follow(sql, lists):
    """Note that the page depends on these lists, [(letter, value)], because this SQL reads them."""
    page = _tracker.get()
    page.followed.add(sql)
    for letter, value in lists:
        if hasattr(value, "mark"):  # a Parameter of a compiled query
            page.open_keys.add((letter, value))
        else:
            page.keys.add(f"{letter}{value}+")


def current():
    """The DependencyTracker of the page that is being rendered, or None."""
    return _tracker.get()


def depends_on(*keys):
    """Note rows that a page depends on although it did not read them: a row that is missing now may appear."""
    if tracker := _tracker.get():
        tracker.keys.update(keys)


def valid_until(at):
    """Note that the clock changes something on the page at the moment `at`."""
    if tracker := _tracker.get():
        tracker.until = min(tracker.until, at.timestamp())


def no_store():
    """Note that this page is for one reader and is not cached."""
    if tracker := _tracker.get():
        tracker.is_cacheable = False


def cacheable(*query, shared=1):
    """Mark a view whose page may be cached. `query`: the parameters that it knows; others are not passed to it.

    `shared`: for how many seconds shared caches may keep the page. If the view sets Cache-Control, that header is used
    instead; if it forbids to share or store the page, the page is not cached.
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
    """A row that readers see: while a page is rendered, the row notes that the page depends on it."""

    key_parts = ("", "id")  # the letter of its keys in database/invalidation.py, and the column that identifies the row

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
