"""Writes words with their marks into lines. Pure; blocks.py decides which block a line is in."""

import html
import re

from ..links import address
from .tokens import attributes, decoded

MOST_EMPTY = 50  # adjacent cells
ALIASES = {"b": "strong", "del": "s", "i": "em", "strike": "s"}
MARKS = {"a", "em", "s", "strong", "sub", "sup"}

_NORMAL = re.compile(r"(?<![\w-])font-(?:weight\s*:\s*(?:normal|[1-4]00)|style\s*:\s*normal)")


def escaped(words):
    return html.escape(words, quote=False).replace("\xa0", "&nbsp;")


def empty_cells(count):
    """Placeholders for cells without words, so that cells behind them keep their column."""
    return "– · " * min(count, MOST_EMPTY)


class Lines:
    """`out` collects the output. `line` is the tag of the open line; "" if it has no tag, None without a line."""

    link = staticmethod(address)

    def __init__(self):
        self.out = []
        self.line, self.kind = None, "p"  # kind: the tag of the next line
        self.between, self.is_apart, self.is_cell = [], False, False  # since the last word of the line
        self.cells = 0  # cells of the row since the last word: all except the last are empty
        self.is_verbatim = False
        self.marks, self.open_marks, self.written = dict.fromkeys(MARKS, 0), [], []
        self.aliases = {name: [] for name in ALIASES}  # for each open one, whether it marks anything

    def begin_block(self):
        """Called before the first words of a line. Returns whether they stand without a tag in their container."""
        return False

    def block_ended(self):
        """Called at the end of a line, and where a line would end."""

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
        same = 0
        if self.written != self.open_marks:
            while self.written[same : same + 1] == self.open_marks[same : same + 1] != []:
                same += 1
            self.close_marks(same)
        if self.is_cell:
            self.out.append(" · ")
        elif self.between:
            self.out += self.between
        if self.cells > 1:
            self.out.append(empty_cells(self.cells - 1))
        if self.written != self.open_marks:
            self.out += [opening for _name, opening in self.open_marks[same:]]
            self.written = list(self.open_marks)
        self.between, self.is_apart, self.is_cell, self.cells = [], False, False, 0
        self.out.append(escaped(words))

    def close_marks(self, same):
        self.out += [f"</{name}>" for name, _opening in reversed(self.written[same:])]
        del self.written[same:]

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

    # Marks: open marks are written with the next words, again in each block

    def start_mark(self, name, _rest):
        self.marks[name] += 1
        if self.marks[name] == 1:
            self.open_marks.append((name, f"<{name}>"))

    def start_alias(self, name, rest):
        """A synonym of a mark. Not <b style="font-weight:normal">, which office programs write around texts."""
        is_meant = not _NORMAL.search(attributes(rest).get("style", "")) if "=" in rest else True
        self.aliases[name].append(is_meant)
        if is_meant:
            self.start_mark(ALIASES[name], "")

    def end_alias(self, name):
        if self.aliases[name] and self.aliases[name].pop():
            self.end_mark(ALIASES[name])

    def start_a(self, _name, rest):
        self.end_mark("a")
        if href := self.link(attributes(rest).get("href", "")):
            self.marks["a"] = 1
            self.open_marks.append(("a", f'<a href="{href.replace("&", "&amp;")}">'))

    def end_mark(self, name):
        self.marks[name] -= 1
        if self.marks[name] <= 0:
            self.marks[name], self.open_marks = 0, [mark for mark in self.open_marks if mark[0] != name]
