"""Names that a story must protect (rules.md D9): what they occur in may not be published."""

import re

from django.utils.translation import gettext as _

from articles.models import Story
from articles.models.story import State
from articles.text import letters

from .reasons import Reason

MOST_PIECES = 40  # pieces of a name that are compared: words and signs
NAME = ""  # key in a tree of names: the names that end here
_PIECE = re.compile(r"\w+|\W")


def revealing(story, *words):
    """A sentence if the words name somebody whom the story must protect (rules.md D9), else nothing."""
    if named := _named(_plain(" / ".join(words)), story.protected):
        sentence = _("Take out what is to be protected: %(names)s.") % {"names": ", ".join(named)}
        yield Reason(sentence, "protected_names")


def revealed_by(photo, *words):
    """Sentences if words of a photo name somebody whom a released story with this photo must protect."""
    for story in Story.objects.showing(photo).filter(state=State.RELEASED).exclude(protected_names=""):
        yield from revealing(story, *words)


def _named(text, names):
    """Those of `names` that occur in `text` as whole words, also with -nya.

    The names form a tree of pieces, so that one pass through the text finds all of them.
    """
    tree = {}
    for name in names:
        for ending in ("", "nya"):
            branch = tree
            for piece in _PIECE.findall(_plain(name) + ending)[:MOST_PIECES]:
                branch = branch.setdefault(piece, {})
            branch.setdefault(NAME, []).append(name)
    tree.pop(NAME, None)  # a name without any piece
    pieces, matches = [" ", *_PIECE.findall(text), " "], set()
    for start in range(1, len(pieces)):
        branch, end = tree, start
        while end < len(pieces) and (branch := branch.get(pieces[end])):
            end += 1
            if NAME in branch and not (pieces[start - 1].isalnum() or "".join(pieces[end : end + 1]).isalnum()):
                matches.update(branch[NAME])
    return [name for name in names if name in matches]


def _plain(words):
    """Spelling, spaces and hyphens do not count (letters.folded): names are compared as they are heard."""
    return re.sub(r"[-_\s]+", " ", letters.folded(words)).strip()
