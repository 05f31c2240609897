"""A rail as bytes, of which single lines can be left out. Pure.

It is read from a rendered text, with a mark before each line and one behind the last:

    head <line7> line <line12> line … <rest> tail

A rail that belongs to one page alone stands there between the marks <own…> and <done>; its number tells how many lines
are sent. Without a line there is no rail.
"""

from typing import NamedTuple

from .responses import Part

SHOWN = 6  # lines of a rail
VARIANTS = 200  # of one rail that are kept; most pages show the same
NOTHING = Part(b"")


class Gap(NamedTuple):
    """The place of a fragment on a page. It leaves out the story of the page, and others that the page leads to."""

    name: str
    own: tuple[int, ...]  # one, or none on a page of no story
    others: tuple[int, ...]


class Rail:
    __slots__ = ("head", "lines", "most", "tail", "variants")

    def __init__(self, head=b"", lines=(), tail=b"", most=SHOWN):
        self.head, self.lines, self.tail, self.most = head, tuple(lines), tail, most
        self.variants = {}

    @classmethod
    def of(cls, split, most=SHOWN):
        """`split`: bytes, then a name, a number and bytes for each mark. Bytes without a mark are a tail alone."""
        head, *rest = split
        triples = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
        lines = [(int(number), text) for name, number, text in triples if name == b"line"]
        return cls(head, lines, b"".join(text for name, _number, text in triples if name != b"line"), most)

    @property
    def size(self):
        """Its bytes, as it came."""
        return len(self.head) + len(self.tail) + sum(len(text) for _pk, text in self.lines)

    def is_same(self, other):
        return other and (self.head, self.lines, self.tail) == (other.head, other.lines, other.tail)

    def without(self, own, taken):
        """(Part, ids of its lines), which leaves out the `own` stories, and those that are `taken` if enough are left.

        A small paper has no others: it would lose its rails. For the same lines it is the same Part.
        """
        allowed = [pk for pk, _text in self.lines if pk not in own]
        fresh = [pk for pk in allowed if pk not in taken]
        ids = tuple(fresh if len(fresh) >= SHOWN else allowed)[: self.most]
        part = self.variants.get(ids)
        if part is None:
            if len(self.variants) >= VARIANTS:
                self.variants = {}
            texts = dict(self.lines)
            part = Part(b"".join([self.head, *(texts[pk] for pk in ids), self.tail])) if ids else NOTHING
            self.variants[ids] = part
        return part, ids


def parsed(split, names):
    """Parts, Gaps and Rails of a page, whose marks are `split` as for `Rail.of`. `names`: those of fragments."""
    parts, own, most = [Part(split[0])], None, 0
    for at in range(1, len(split), 3):
        name, numbers, text = split[at].decode(), split[at + 1], split[at + 2]
        if name == "own":
            own, most = [text], int(numbers)
        elif name == "done":
            parts += [Rail.of(own, most), Part(text)]
            own = None
        elif own is not None:
            own += split[at : at + 3]
        elif name in names:
            ids = tuple(map(int, filter(None, numbers.split(b"."))))
            parts += [Gap(name, ids[:1], ids[1:]), Part(text)]
    return parts
