"""What a page reads while it is printed: noted by the rows themselves as they come from the database. Pure."""

import contextlib
import contextvars
import functools
import math

_printing = contextvars.ContextVar("printing", default=None)


class Printing:
    """The keys of all that is read, until when it holds by the clock, and whether the view lets it be held."""

    def __init__(self, is_page=True):
        self.keys, self.until = set(), math.inf
        self.is_held, self.is_page = False, is_page
        self.number = self.version = self.epoch = self.at = 0

    def since(self, state):
        """It was read when the watch knew this much (Watch.state)."""
        self.number, self.version, self.epoch, self.at = state


@contextlib.contextmanager
def begun(is_page=True):
    """Notes what is read within. Yields a Printing."""
    printing = Printing(is_page)
    token = _printing.set(printing)
    try:
        yield printing
    finally:
        _printing.reset(token)


def current():
    """The Printing that goes on, if any."""
    return _printing.get()


def rows(*keys):
    """Rows that a page depends on even where it did not read them: what is missing now may come."""
    if printing := _printing.get():
        printing.keys.update(keys)


def lists(*rows):
    """A page shows the newest stories of each of these, or what else their lists hold."""
    if printing := _printing.get():
        printing.keys.update(f"{row.touch_key}+" for row in rows)


def until(at):
    """Something that a page shows changes by the clock at the moment `at`."""
    if printing := _printing.get():
        printing.until = min(printing.until, at.timestamp())


def not_held():
    """This one is printed for this reader only."""
    if printing := _printing.get():
        printing.is_held = False


def held(*query):
    """Marks a view whose page may be held. `query`: the parameters that it knows; others are not passed to it."""

    def mark(view):
        @functools.wraps(view)
        def marked(request, *args, **kwargs):
            if printing := _printing.get():
                printing.is_held = True
                printing.keys.add(request.edition.touch_key)
                until(request.edition.next_midnight())
            return view(request, *args, **kwargs)

        marked.known_query = frozenset(query)
        return marked

    return mark


class Shown:
    """A row that readers are shown: while a page is printed, it notes that the page depends on it."""

    touched_as = ("", "id")  # the letter of its keys in touches.py, and the column that tells it apart

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        row = super().from_db(db, field_names, values, **kwargs)
        if (printing := _printing.get()) and cls.touched_as[1] in row.__dict__:
            printing.keys.add(row.touch_key)
        return row

    @property
    def touch_key(self):
        letter, column = self.touched_as
        value = getattr(self, column)
        return f"{letter}{getattr(value, 'hex', value)}"
