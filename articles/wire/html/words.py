"""Words of a story with their marks, the gaps between words, and the ends of lines. Pure; blocks.py builds on it."""

import re

from articles.text import html_in
from articles.text.html_in import escaped

from ..values.addresses import SPACES

# The gap between the last word and the next one; the greater wins.
NOTHING, SPACE, BREAK, PARAGRAPH, CELL = range(5)
MARKS = ["strong", "em", "s", "sub", "sup"]  # from the outermost to the innermost

ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)
_WIDE = re.compile(r"[ \t\n\r\f\xa0]{2,}+|[\t\n\r\f]")


class Words:
    """Words into lines. `line` is the open line, as markup; `gap` is the gap before the next word.

    `kind` is the tag of the next line. `lines`: a line's end in the source ends our line, a blank line the paragraph.
    """

    is_joined = False  # whether the end of a paragraph is only a line break, as in an item of a list

    def __init__(self, lines):
        self.lines, self.verbatim = lines, 0
        self.line, self.kind, self.line_kind = [], "p", "p"
        self.gap, self.space = NOTHING, " "
        self.cells = 0  # cells that began since the last word: all except one are empty
        self.ends = self.breaks = 0  # ends of lines, and <br>, since the last word
        self.marks, self.link, self.open = {mark: [] for mark in MARKS}, "", []
        self.within, self.outer = "", ({}, "")

    def begin_line(self):
        """Called before the first word of a line."""

    def put_line(self, kind, words):
        """Called with each line that ended."""
        raise NotImplementedError

    def text(self, words):
        for number, part in enumerate(words.split("\n") if self.lines or self.verbatim else [words]):
            if number:
                self.line_end()
            if core := part.strip(SPACES):
                if part[0] in SPACES:
                    self.spaced(part[: len(part) - len(part.lstrip(SPACES))])
                self.write(_WIDE.sub(_one_space, core))
            if part and part[-1] in SPACES:
                self.spaced(part[len(part.rstrip(SPACES)) :])

    def line_end(self):
        self.ends += 1
        self.line_break(self.ends)

    def line_break(self, count):
        """The first break ends the line, the second the paragraph."""
        if count > 1 and self.line and not self.is_joined:
            self.kind = "p"
        self.widen(BREAK if count == 1 or self.is_joined else PARAGRAPH)

    def spaced(self, spaces):
        if self.gap == NOTHING:
            self.space = "&nbsp;" if not spaces.strip("\xa0") else " "
        self.widen(SPACE)

    def boundary(self):
        self.widen(PARAGRAPH)

    def widen(self, gap):
        self.gap = max(self.gap, gap)

    def write(self, words):
        if not words.strip():
            self.widen(SPACE)
            return
        if self.line and self.gap == PARAGRAPH and not self.is_joined:
            self.end_line()
        self.close_marks()
        if self.line:
            self.line.append({NOTHING: "", SPACE: self.space, CELL: " · "}.get(self.gap, "<br>"))
        else:
            self.line_kind = self.kind
            self.begin_line()
        if self.cells > 1:
            self.line.append(html_in.empty_cells(self.cells - 1))
        self.gap, self.space, self.ends, self.breaks, self.cells = NOTHING, " ", 0, 0, 0
        if not self.link and ADDRESS.fullmatch(words):
            self.link = words
            self.write_marked(words)
            self.link = ""
        else:
            self.write_marked(words)

    def write_marked(self, words):
        self.close_marks()
        for tag in self.next_marks()[len(self.open) :]:
            self.line.append(f"<{tag}>")
            self.open.append(tag)
        self.line.append(escaped(words))

    def end_line(self):
        self.gap = NOTHING
        if not self.line:
            return
        self.line += [f"</{tag.split()[0]}>" for tag in reversed(self.open)]
        words, self.line, self.open = "".join(self.line), [], []
        self.put_line(self.line_kind, words)

    def mark(self, name, is_on):
        """`marks` holds for each open element of a mark whether the mark is on there."""
        states = self.marks[name]
        states.append(is_on or bool(states and states[-1]))

    def next_marks(self):
        link = [f'a href="{escaped(self.link).replace(chr(34), "&quot;")}"'] if self.link else []
        return link + [mark for mark in MARKS if self.marks[mark] and self.marks[mark][-1]]

    def close_marks(self):
        """Close the marks that the next words do not have, and all marks inside these."""
        next_marks = self.next_marks()
        while self.open != next_marks[: len(self.open)]:
            self.line.append(f"</{self.open.pop().split()[0]}>")

    def remember_marks(self, name):
        """Called when a block `name` begins. An open block of the same name ends here."""
        if name == self.within:
            self.forget_marks()
        self.within = name
        self.outer = {mark: len(states) for mark, states in self.marks.items()}, self.link

    def forget_marks(self):
        """Close the marks and the link that began within the block and are still open at its end."""
        lengths, self.link = self.outer
        for mark, length in lengths.items():
            del self.marks[mark][length:]
        self.within = ""


def _one_space(match):
    return "\xa0" if not match[0].strip("\xa0") else " "
