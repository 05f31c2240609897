"""A save over a newer version of a story: what three snapshots make together (text/three_way.py).

`base` is the story as its writer had opened it, `mine` what they typed, `theirs` the story as it is now. Credits, tags,
gallery and protected names are merged item by item, the text by paragraph and by word, every other field as a whole.
What both changed is a Choice. Text that loses a choice is kept as a revision that was set aside.
"""

import hashlib
import json
from typing import NamedTuple

from articles.models import Revision
from articles.models.revision import Move
from articles.text import body, three_way
from articles.text.three_way import Collision

TOGETHER = ("lead_photo", "lead_caption")  # a caption belongs to its photo, so both come from one of them
BY_ITEM = ("credits", "tags", "gallery", "protected_names")
NOT_PARTS = {"names"}
MINE, THEIRS, BOTH = "mine", "theirs", "both"


class Choice(NamedTuple):
    """What both changed. `item`: the credit, tag or photo it is about, if it is about one; `made`: the choice, or "".

    The values are those of snapshots; of the text they are tuples of blocks, of TOGETHER pairs.
    """

    key: str
    part: str
    item: object
    base: object
    mine: object
    theirs: object
    made: str

    @property
    def may_be_both(self):
        """Two runs of the text can stand behind each other."""
        return self.part == "body" and bool(self.mine and self.theirs)

    @property
    def value(self):
        if self.made == BOTH and self.may_be_both:
            return self.theirs + self.mine
        return self.mine if self.made == MINE else self.theirs

    @property
    def loses_mine(self):
        return self.made == THEIRS and bool(self.mine)


class Merged(NamedTuple):
    """`snapshot`: with theirs where no choice is made yet."""

    snapshot: dict
    choices: list

    @property
    def is_open(self):
        return any(not choice.made for choice in self.choices)


def merged(base, mine, theirs, chosen):
    """The Merged of three settled snapshots. `base` may be None: then all that differs is a choice.

    `chosen`: {key of a choice: MINE, THEIRS or BOTH}. A key names its two texts, so that a choice is never applied to
    others.
    """
    return _Merging(base or {}, mine, theirs, chosen).made()


class _Merging:
    def __init__(self, base, mine, theirs, chosen):
        self.base, self.mine, self.theirs, self.chosen = base, mine, theirs, chosen
        self.choices, self.seen = [], {}

    def made(self):
        names = {**self.theirs.get("names", {}), **self.mine.get("names", {})}
        snapshot = {name: self._part(name) for name in self.theirs if name not in {*TOGETHER, *NOT_PARTS}}
        photo = self._value("lead_photo", *(self._pair(one) for one in (self.base, self.mine, self.theirs)))
        snapshot |= dict(zip(TOGETHER, photo, strict=True)) | {"names": names}
        return Merged({name: snapshot[name] for name in self.theirs if name in snapshot}, self.choices)

    def _pair(self, snapshot):
        return tuple(snapshot[name] for name in TOGETHER) if TOGETHER[0] in snapshot else None

    def _part(self, name):
        three = self.base.get(name), self.mine.get(name, self.theirs[name]), self.theirs[name]
        if name == "body":
            return self._text(*(None if one is None else body.clean(one) for one in three))
        if name in BY_ITEM:
            return self._items(name, *(_as_items(name, one) for one in three))
        return self._value(name, *three)

    def _value(self, name, base, mine, theirs):
        is_known = name in self.base or mine == theirs
        found = three_way.value(base, mine, theirs) if is_known else Collision(None, mine, theirs)
        return self._choice(name, found) if isinstance(found, Collision) else found

    def _text(self, base, mine, theirs):
        runs = three_way.text(base, mine, theirs)
        return "".join(
            html for run in runs for html in (self._choice("body", run) if isinstance(run, Collision) else run)
        )

    def _items(self, name, base, mine, theirs):
        found, order = three_way.items(base, mine, theirs)
        found = {key: self._choice(name, one, key) if isinstance(one, Collision) else one for key, one in found.items()}
        keys = [key for key, one in found.items() if one is not None]
        if order and self._choice(name, order) == order.mine:
            keys = three_way.added([key for key in mine if key in keys], keys, set(base or {}))
        return _of_items(name, {key: found[key] for key in keys})

    def _choice(self, part, collision, item=None):
        text = json.dumps([part, item, *collision], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        self.seen[digest] = self.seen.get(digest, 0) + 1
        key = f"{part}-{digest}-{self.seen[digest]}"
        choice = Choice(key, part, item, *collision, self.chosen.get(key, ""))
        self.choices.append(choice)
        return choice.value


def _as_items(name, value):
    """{key: value} of a list in a snapshot, or of the lines of a text; None stays None."""
    if value is None:
        return None
    if name == "protected_names":
        return {line.strip(): "" for line in value.splitlines() if line.strip()}
    if name == "tags":
        return {str(key): "" for key in value}
    if name == "credits":
        return {(str(key), role): "" for key, role in value}
    return {str(key): caption for key, caption in value}


def _of_items(name, found):
    if name == "protected_names":
        return "\n".join(found)
    if name == "tags":
        return list(found)
    return [list(key) for key in found] if name == "credits" else [[key, caption] for key, caption in found.items()]


def differing(one, other):
    """The parts of `one` that are other in `other`."""
    return [name for name in one if name not in NOT_PARTS and name in other and one[name] != other[name]]


# The log ---------------------------------------------------------------------------------


def base_of(story, version):
    """The revision of the story as it was at that version; None if it is not known.

    A revision of a release before knows no version: it is the one asked for if the next version comes right after it.
    """
    log = Revision.objects.filter(story=story).exclude(move=Move.SET_ASIDE)
    after = None
    for number, recorded in log.order_by("-number").values_list("number", "version"):
        is_it = after == version + 1 if recorded is None else recorded <= version
        if is_it:
            return log.get(number=number)
        if recorded is None:
            return None
        after = recorded
    return None


def before(revision):
    """The revision with which to compare one: the one before it that was the story. None for the first."""
    if revision.move == Move.SET_ASIDE and revision.version is not None:
        return base_of(revision.story_id, revision.version)
    log = Revision.objects.filter(story=revision.story_id, number__lt=revision.number).exclude(move=Move.SET_ASIDE)
    return log.order_by("-number").first()


def since(base):
    """[(account or None, the parts that they changed)] of the revisions after `base`, each account once."""
    log = Revision.objects.filter(story=base.story_id, number__gt=base.number).exclude(move=Move.SET_ASIDE)
    known, parts = base.snapshot, {}
    for revision in log.select_related("by").order_by("number"):
        parts.setdefault(revision.by, {}).update(dict.fromkeys(differing(revision.snapshot, known)))
        known = revision.snapshot
    return [(by, list(changed)) for by, changed in parts.items() if changed]
