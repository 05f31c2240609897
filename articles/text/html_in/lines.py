"""Words with their marks into lines. Pure; blocks.py tells which line is in which block."""

import html
import re

from ..links import address
from .tokens import attributes, decoded

MOST_EMPTY = 50  # cells next to each other
ALIASES = {"b": "strong", "del": "s", "i": "em", "strike": "s"}
MARKS = {"a", "em", "s", "strong", "sub", "sup"}

_NORMAL = re.compile(r"font-(?:weight\s*:\s*(?:normal|[1-4]00)|style\s*:\s*normal)")


def escaped(words):
    return html.escape(words, quote=False).replace("\xa0", "&nbsp;")


def empty_cells(count):
    """What stands in a row for cells without words, so that those behind them keep their column."""
    return "– · " * min(count, MOST_EMPTY)


class Lines:
    """`out` takes what is written. `line` is the tag of the line that is open: None without one, "" for loose words."""

    def __init__(self):
        self.out = []
        self.line, self.kind = None, "p"  # kind: what the next line will be
        self.between, self.is_apart, self.is_cell = [], False, False  # since the last word of the line
        self.cells = 0  # cells of the row that began since the last word: all but one of them are empty
        self.is_verbatim = False
        self.marks, self.wanted, self.written = dict.fromkeys(MARKS, 0), [], []
        self.aliases = {name: [] for name in ALIASES}  # of each that is open, whether it marks anything

    def begin_block(self):
        """Called before the first words of a line: whether they stand loose in what holds them."""
        return False

    def block_ended(self):
        """Called where a line ends, and where one would."""

    def text(self, raw):
        words = decoded(raw)
        for number, part in enumerate(words.split("\n") if self.is_verbatim else [words]):
            if number:
                self.line_break()
            core = part.strip()
            before, _core, after = part.partition(core) if core else (part, "", "")
            self.space(before)
            if core:
                self.write(core)
                self.space(after)

    def space(self, spaces):
        if spaces and self.line is not None:
            self.between.append(escaped(spaces))

    def line_break(self, *_tag):
        if self.line is not None:
            self.between.append("<br>")

    def write(self, words):
        if self.is_apart and not self.is_cell:
            self.end_line()
        if self.line is None:
            self.begin_line()
        kept = 0
        if self.written != self.wanted:
            while self.written[kept : kept + 1] == self.wanted[kept : kept + 1] != []:
                kept += 1
            self.close_marks(kept)
        if self.is_cell:
            self.out.append(" · ")
        elif self.between:
            self.out += self.between
        if self.cells > 1:
            self.out.append(empty_cells(self.cells - 1))
        if self.written != self.wanted:
            self.out += [opening for _name, opening in self.wanted[kept:]]
            self.written = list(self.wanted)
        self.between, self.is_apart, self.is_cell, self.cells = [], False, False, 0
        self.out.append(escaped(words))

    def close_marks(self, kept):
        self.out += [f"</{name}>" for name, _opening in reversed(self.written[kept:])]
        del self.written[kept:]

    def begin_line(self):
        self.line = "" if self.begin_block() else self.kind
        if self.line:
            self.out.append(f"<{self.line}>")

    def end_line(self):
        if self.line is not None:
            self.close_marks(0)
            if self.line:
                self.out.append(f"</{self.line}>")
            self.line, self.between, self.is_apart, self.is_cell = None, [], False, False
        self.block_ended()

    # Marks: those that are wanted are written with the next words, in each block anew

    def start_mark(self, name, _rest):
        self.marks[name] += 1
        if self.marks[name] == 1:
            self.wanted.append((name, f"<{name}>"))

    def start_alias(self, name, rest):
        """A mark under its other name; office programs write <b style="font-weight:normal"> around whole texts."""
        is_meant = not _NORMAL.search(attributes(rest).get("style", "")) if "=" in rest else True
        self.aliases[name].append(is_meant)
        if is_meant:
            self.start_mark(ALIASES[name], "")

    def end_alias(self, name):
        if self.aliases[name] and self.aliases[name].pop():
            self.end_mark(ALIASES[name])

    def start_a(self, _name, rest):
        self.end_mark("a")
        if found := address(attributes(rest).get("href", "")):
            self.marks["a"] = 1
            self.wanted.append(("a", f'<a href="{found.replace("&", "&amp;")}">'))

    def end_mark(self, name):
        self.marks[name] -= 1
        if self.marks[name] <= 0:
            self.marks[name], self.wanted = 0, [mark for mark in self.wanted if mark[0] != name]
