"""The first page of the desk: what waits for somebody, their own stories, what readers have, the day, what to mend.

views.py      the page and its poll       found.py      the stories that it is about, from indexes
blocks.py     its blocks                  looked_at.py  what is known of each of these stories
waiting.py    the rows that wait          moves.py      the buttons of a row
day.py        the day as a line           reads.py      reads, and the most read
changes.py    whether anything changed    roles.py      whose home it is
"""

from .views import page, state

__all__ = ["page", "state"]
