"""HTML of any kind → well-nested blocks, as text/body.py lists them. Pure, never raises, in linear time.

It reads once from left to right and does not nest like a standard parser, which takes quadratic time for 80,000 open
<div>. An element that is not one of our blocks only separates text: words of two blocks, cells or lines are never
joined, and only invisible words (scripts, styles) are lost. text/body.py makes the markup safe.

    table that is not plain → p for each row, cells joined by " · "    node of ours in a list or quotation → behind it
"""

from . import tables
from .columns import Columns
from .elements import BLOCKS, OURS, is_apart, is_in_no_cell, opening, ours
from .lines import ALIASES, MARKS, Lines, escaped
from .tokens import Tokens, attributes, decoded

HEADINGS = {"h2", "h3"}
LISTS = {"ol", "ul"}
DEEPEST = 16  # nested lists, items and quotations; deeper text goes into the deepest one


def read(source):
    """The blocks of `source` as one string; read(read(x)) == read(x)."""
    return _Blocks(source.replace("\r\n", "\n").replace("\r", "\n")).read()


class _Container:
    """An open list, item or quotation; its tags are written together with its first words."""

    def __init__(self, tag, opening="", *, is_implied=False):
        self.tag, self.opening, self.is_implied = tag, opening or f"<{tag}>", is_implied
        self.is_written = self.has_blocks = self.is_ended = False


class _Blocks(Lines):
    def __init__(self, source):
        super().__init__()
        self.source, self.tokens = source, Tokens(source)
        self.stack, self.too_deep = [], 0
        self.waiting = []  # figures and asides that cannot stand inside a list or quotation
        self.in_row, self.columns = False, Columns()
        self.figure, self.caption, self.last_figure = "", None, None  # figure: its attributes

    def read(self):
        for kind, name, rest in self.tokens:
            if self.caption is not None:
                self.in_caption(kind, name, rest)
            elif kind == "text":
                self.text(rest)
            elif kind == "start":
                _STARTERS.get(name, _Blocks.start_other)(self, name, rest)
            else:
                _ENDERS.get(name, _Blocks.end_other)(self, name)
        self.end_figure()
        self.close(0)
        while self.out and self.out[-1] == "<hr>":
            self.out.pop()
        return "".join(self.out)

    # Blocks

    def begin_block(self):
        """Whether the first words of an item or quotation stand in it without a <p>."""
        self.leave_implied()
        if not self.stack:
            return False
        if self.stack[-1].tag in LISTS:
            self.stack.append(_Container("li"))
        is_loose = self.kind == "p" and not (self.stack[-1].is_written or self.stack[-1].has_blocks)
        for one in self.stack:
            if not one.is_written:
                self.out.append(one.opening)
                one.is_written = True
        return is_loose

    def block_ended(self):
        if self.stack:
            self.stack[-1].has_blocks = True

    def boundary(self):
        """The next words belong to another block."""
        if self.line is None:
            self.block_ended()
        self.is_apart = self.line is not None

    def start_block(self, name, _rest=""):
        self.boundary()
        if name in HEADINGS:
            self.kind = name
        elif self.line is not None:
            self.kind = "p"  # a block in a heading ends it, unless the heading is still empty
        self.is_verbatim = self.is_verbatim or name == "pre"

    def end_block(self, name):
        self.boundary()
        self.kind = "p" if name in HEADINGS else self.kind
        self.is_verbatim = self.is_verbatim and name != "pre"

    def start_other(self, name, _rest):
        if self.line is not None and not self.between and is_apart(name):
            self.between.append(" ")

    def end_other(self, name):
        self.start_other(name, "")

    def start_table(self, *_tag):
        self.end_line()
        self.leave_implied()
        if not self.stack and (table := tables.read(self.tokens, is_in_no_cell)):
            self.out.append(table)
            return
        self.end_table()

    def end_table(self, *_tag):
        self.end_line()
        self.in_row, self.cells = False, 0
        self.columns.start_table()

    def end_tr(self, _name):
        self.end_line()
        self.in_row, self.cells = False, 0

    def start_tr(self, *_tag):
        self.end_line()
        self.in_row, self.cells = True, 0
        self.columns.start_row()

    def start_td(self, _name, rest):
        self.boundary()
        self.cells += self.columns.start_cell(rest)
        self.is_cell = self.in_row and self.line is not None
        self.in_row = True

    def start_hr(self, *_tag):
        self.end_line()
        self.leave_implied()
        if not self.stack and self.out and self.out[-1] != "<hr>":
            self.out.append("<hr>")

    # Lists and quotations

    def start_container(self, tag, rest):
        self.end_line()
        self.leave_implied()
        self.kind, self.in_row, self.cells = "p", False, 0
        if len(self.stack) >= DEEPEST:
            self.too_deep += 1
            return
        if self.stack and self.stack[-1].tag in LISTS:
            self.stack.append(_Container("li"))
        self.stack.append(_Container(tag, opening(tag, attributes(rest) if rest else {})))

    def end_container(self, name):
        self.boundary()
        place = self.innermost({name})
        if self.too_deep:
            self.too_deep -= 1
        elif place >= 0:
            self.close(place)

    def start_li(self, *_tag):
        self.end_line()
        self.in_row, self.cells = False, 0
        if self.too_deep:
            return
        if self.stack and self.stack[-1].tag == "li":
            self.close(len(self.stack) - 1)
        if not self.stack or self.stack[-1].tag not in LISTS:
            self.stack.append(_Container("ul", is_implied=True))
        self.stack.append(_Container("li"))

    def end_li(self, _name):
        """An item stays open for a list between two items, which then belongs to the first one."""
        self.boundary()
        item = self.innermost({"li"})
        if item > self.innermost(LISTS) and not self.too_deep:
            self.close(item + 1)
            self.stack[-1].is_ended = True

    def leave_implied(self):
        """End items without a list, because another element follows them."""
        if len(self.stack) > 1 and self.stack[-1].is_ended and self.stack[-2].is_implied:
            self.close(len(self.stack) - 2)

    def innermost(self, tags):
        return max((place for place, one in enumerate(self.stack) if one.tag in tags), default=-1)

    def close(self, depth):
        """End all containers except the `depth` outermost ones."""
        self.end_line()
        while len(self.stack) > depth:
            ended = self.stack.pop()
            if ended.is_written:
                self.out.append(f"</{ended.tag}>")
        if not self.stack:
            self.out += self.waiting
            self.waiting, self.too_deep = [], 0

    # Figures and asides of ours

    def start_ours(self, name, rest):
        if not (named := ours(name, attributes(rest) if rest else {})):
            self.start_block(name)
            return
        self.end_figure()
        self.end_line()
        self.leave_implied()
        if name == "aside":
            self.put(f"<aside{named}></aside>")
            return
        if self.last_figure is None:
            self.last_figure = self.source.lower().rfind("</figure")
        self.figure, self.caption = named, []
        if self.tokens.at > self.last_figure:  # it never ends, so the next words are not a caption
            self.end_figure()

    def in_caption(self, kind, name, rest):
        """A caption has no markup."""
        if kind == "text":
            self.caption.append(decoded(rest))
        elif kind == "start" and name in OURS and ours(name, attributes(rest)):
            self.start_ours(name, rest)
        elif kind == "end" and name == "figure":
            self.end_figure()
        elif name in BLOCKS or name == "br" or is_apart(name):
            self.caption.append(" ")

    def end_figure(self, *_tag):
        if self.caption is not None:
            words, self.caption = escaped(" ".join("".join(self.caption).split())), None
            self.put(f"<figure{self.figure}><figcaption>{words}</figcaption></figure>")

    def put(self, node):
        (self.waiting if self.stack else self.out).append(node)


_STARTERS = {
    **dict.fromkeys(ALIASES, _Blocks.start_alias),
    **dict.fromkeys(BLOCKS, _Blocks.start_block), **dict.fromkeys(MARKS, _Blocks.start_mark), "a": _Blocks.start_a,
    **dict.fromkeys([*LISTS, "blockquote"], _Blocks.start_container), **dict.fromkeys(OURS, _Blocks.start_ours),
    "br": _Blocks.line_break, "hr": _Blocks.start_hr, "li": _Blocks.start_li, "table": _Blocks.start_table,
    "td": _Blocks.start_td, "th": _Blocks.start_td, "tr": _Blocks.start_tr,
}  # fmt: skip
_ENDERS = {
    **dict.fromkeys(ALIASES, _Blocks.end_alias),
    **dict.fromkeys(BLOCKS, _Blocks.end_block), **dict.fromkeys(MARKS, _Blocks.end_mark), "li": _Blocks.end_li,
    **dict.fromkeys([*LISTS, "blockquote"], _Blocks.end_container), "br": _Blocks.line_break,
    "table": _Blocks.end_table, "tr": _Blocks.end_tr,
}  # fmt: skip
