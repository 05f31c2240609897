"""A block of a text as words to compare. Words that begin with FORM are compared, and not shown."""

import re

from articles.text import body

FORM = "\0"
PHOTO, STORY = f"{FORM}photo ", f"{FORM}story "
NEW_LINE = "\n"
_TAGS = re.compile(r"<[^>]*>")


def words(html):
    """The words of a block, and its markup as one more: so one that only became bold is another."""
    lines = [line.split() for line in body.text(html).splitlines()]
    every = [word for line in lines for word in (*line, NEW_LINE)][:-1]
    return [FORM + "".join(_TAGS.findall(html)), *every]
