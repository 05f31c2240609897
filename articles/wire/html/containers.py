"""The containers of lines: a list, a quotation, the row of a table, or a paragraph. Pure; see blocks.py."""

from articles.text import html_in

from .words import CELL, Words

DEEPEST_LIST = 6


class _List:
    """An open list; its tags are written with its first word."""

    def __init__(self, tag, opening="", *, is_implied=False):
        self.tag, self.opening, self.is_implied = tag, opening or f"<{tag}>", is_implied
        self.is_written = self.has_item = self.in_item = False


class Containers(Words):
    """Lines into blocks, `out`. A list or quotation is one block, a row is a paragraph. Their pictures come after."""

    def __init__(self, lines):
        super().__init__(lines)
        self.out, self.quoted, self.quotes = [], None, 0
        self.lists, self.listed, self.too_deep = [], [], 0
        self.ends_in_words = False  # whether the last entry of `listed` is a line, not a tag
        self.waiting = []  # pictures that must follow the open container
        self.in_row, self.columns = False, html_in.Columns()

    @property
    def is_joined(self):
        return bool(self.lists)

    @property
    def is_outermost(self):
        """Whether a picture or a page break is allowed here."""
        return not self.lists and self.quoted is None and not self.in_row

    def start_ul(self, tag="ul", opening=""):
        self.boundary()
        if len(self.lists) >= DEEPEST_LIST:
            self.too_deep += 1
            return
        if self.lists:
            self.end_line()
        else:
            self.end_row_or_line()
        self.lists.append(_List(tag, opening))

    def start_ol(self, start=""):
        self.start_ul("ol", html_in.numbered(start))

    def end_ul(self):
        self.boundary()
        if self.too_deep:
            self.too_deep -= 1
        elif self.lists:
            self.end_line()
            ended = self.lists.pop()
            if ended.has_item:
                self.list_tag("</li>")
            if ended.is_written:
                self.list_tag(f"</{ended.tag}>")
            if not self.lists:
                self.put("".join(self.listed))
                self.listed, self.kind = [], "p"
                self.release()

    end_ol = end_ul

    def start_li(self):
        self.boundary()
        if self.too_deep:
            return
        if not self.lists:
            self.end_row_or_line()
            self.lists.append(_List("ul", is_implied=True))
        self.end_item()
        self.lists[-1].in_item = True
        self.remember_marks("li")

    def end_li(self):
        self.boundary()
        self.forget_marks()
        if self.lists and not self.too_deep:
            self.end_item()
            self.lists[-1].in_item = False

    def end_item(self):
        self.end_line()
        if self.lists[-1].has_item:
            self.list_tag("</li>")
            self.lists[-1].has_item = False

    def list_tag(self, tag):
        self.listed.append(tag)
        self.ends_in_words = False

    def end_lists(self):
        self.too_deep = 0
        while self.lists:
            self.end_ul()

    def start_blockquote(self):
        self.boundary()
        self.quotes += 1
        if self.quoted is None and not self.lists:
            self.end_row_or_line()
            self.quoted = []

    def end_blockquote(self):
        self.boundary()
        self.quotes = max(0, self.quotes - 1)
        if not self.quotes:
            self.end_quote()

    def end_quote(self):
        self.quotes = 0
        if self.quoted is not None:
            self.end_lists()
            self.end_line()
            quoted, self.quoted = "".join(self.quoted), None
            if quoted:
                self.out.append(f"<blockquote>{quoted}</blockquote>")
            self.release()

    def start_tr(self):
        self.boundary()
        self.end_row()
        self.in_row, self.cells = not self.lists, 0
        self.columns.start_row()

    def end_tr(self):
        self.boundary()
        self.end_row()
        self.cells = 0

    def start_table(self):
        self.end_tr()
        self.columns.start_table()

    end_table = start_table

    def start_td(self, rest):
        self.boundary()
        self.remember_marks("td")
        if self.in_row or self.lists:
            self.cells += self.columns.start_cell(rest)
            if self.line:
                self.gap = CELL

    def end_row(self):
        if not self.lists:
            self.end_line()
            self.in_row = False
            self.release()

    def end_row_or_line(self):
        if self.in_row:
            self.end_row()
        self.end_line()

    def release(self):
        """Write the waiting pictures if no container is open."""
        if self.is_outermost:
            self.out += self.waiting
            self.waiting = []

    def begin_line(self):
        for one in self.lists:
            if not one.is_written:
                self.list_tag(one.opening)
                one.is_written = True
            if not one.has_item:
                self.list_tag("<li>")
                one.has_item = True

    def put_line(self, kind, words):
        if self.lists:
            self.listed += ["<br>", words] if self.ends_in_words else [words]
            self.ends_in_words = True
        else:
            kind = kind if self.quoted is None else "p"
            self.put(f"<{kind}>{words}</{kind}>")

    def put(self, block):
        if block:
            (self.out if self.quoted is None else self.quoted).append(block)
