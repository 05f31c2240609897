"""A plain table: rows of cells with words, marks and line breaks, the first row maybe of headings. Pure, linear.

What is more or less than that is no table of ours: cells with lists, pictures or tables, a single row or column. It is
read as a paragraph for each row (blocks.py).
"""

import re

from articles.text.links import address

from .columns import Columns
from .lines import ALIASES, MARKS, Lines
from .tokens import decoded

MOST_COLUMNS = 20
CELLS = {"td", "th"}
PARTS = {"col", "colgroup", "tbody", "tfoot", "thead"}
PARAGRAPHS = {"center", "div", "p"}  # in a cell, they are lines

_ACROSS = re.compile(r"""\bcolspan\s*=\s*["']?\s*0*([1-9][0-9]?)\b""", re.I)


class _NotPlain(Exception):
    pass


def read(tokens, is_refused, link=address):
    """The table whose tag was just read from `tokens`, as bodies write it: then `tokens` stand behind it.

    "" if it is no plain one: then `tokens` stand where they stood. `is_refused(name)` tells which elements a cell
    cannot hold; `link` makes the address of an href. A table within a table is refused at its tag, so no letter is
    read here more than once.
    """
    start, table = tokens.at, _Table(link)
    try:
        for kind, name, rest in tokens:
            if kind == "text":
                table.text(rest)
            elif name == "table" and kind == "end":
                return table.written()
            elif kind in ("start", "end") and name != "table":
                (table.start if kind == "start" else table.end)(name, rest, is_refused)
            else:
                break  # a table within it, or a page break or shortcode of the wire
    except _NotPlain:
        pass
    tokens.at = start
    return ""


class _Cell(Lines):
    """The words of a cell or a caption, in one line; its paragraphs are lines within that."""

    def __init__(self, link, *, is_heading=False):
        super().__init__()
        self.kind, self.link, self.is_heading = "", link, is_heading

    def begin_line(self):
        self.line = ""

    def markup(self):
        self.end_line()
        return "".join(self.out)


class _Table:
    """`rows`: lists of cells, None for a column that another cell covers. `cell`: the open one, or the caption."""

    def __init__(self, link):
        self.link, self.columns = link, Columns()
        self.caption, self.rows, self.cell = None, [], None
        self.cells, self.row_is_open = 0, False

    def text(self, raw):
        if self.cell is not None:
            self.cell.text(raw)
        elif decoded(raw).strip():
            raise _NotPlain

    def start(self, name, rest, is_refused):
        if name in CELLS:
            self.start_cell(name, rest)
        elif name == "tr":
            self.start_row()
        elif name in PARTS:
            self.cell = None
        elif name == "caption":
            self.cell = self.caption = _Cell(self.link)
        elif name in PARAGRAPHS or name == "br":
            self.line_break()
        elif is_refused(name):
            raise _NotPlain
        elif self.cell is not None and (name in MARKS or name in ALIASES):
            kind = "a" if name == "a" else "mark" if name in MARKS else "alias"
            getattr(self.cell, f"start_{kind}")(name, rest)

    def end(self, name, _rest, is_refused):
        if name in CELLS or name in PARTS or name == "caption":
            self.cell = None
        elif name == "tr":
            self.cell, self.row_is_open = None, False
        elif name in PARAGRAPHS:
            self.line_break()
        elif is_refused(name):
            raise _NotPlain
        elif self.cell is not None and (name in MARKS or name in ALIASES):
            (self.cell.end_mark if name in MARKS else self.cell.end_alias)(name)

    def line_break(self):
        """One break between two lines, however many paragraphs and breaks are between them."""
        if self.cell is not None and "<br>" not in self.cell.between:
            self.cell.line_break()

    def start_row(self):
        self.columns.start_row()
        self.rows.append([])
        self.cell, self.row_is_open = None, True

    def start_cell(self, name, rest):
        if not self.row_is_open:
            self.start_row()
        row, before = self.rows[-1], self.columns.start_cell(rest) - 1
        across = int(found[1]) if "colspan" in rest.lower() and (found := _ACROSS.search(rest)) else 1
        if len(row) + before + across > MOST_COLUMNS:
            raise _NotPlain
        self.cell = _Cell(self.link, is_heading=name == "th")
        self.cells += 1
        row += [*[None] * before, self.cell, *[None] * (across - 1)]

    def written(self):
        rows = [row for row in self.rows if row]
        width = max(map(len, rows), default=0)
        words = [[cell.markup() if cell else "" for cell in row] for row in rows]
        is_plain = len(rows) > 1 and width > 1 and len(rows) * width <= 2 * self.cells
        if not is_plain or not any(map(any, words)):
            raise _NotPlain
        caption = self.caption.markup() if self.caption else ""
        has_head = all(cell.is_heading for cell in rows[0] if cell)
        head = [_row(words.pop(0), "th", width)] if has_head else []
        return "".join(
            [
                f"<p>{caption}</p>" * bool(caption),
                "<table>",
                *(f"<thead>{row}</thead>" for row in head),
                f"<tbody>{''.join(_row(row, 'td', width) for row in words)}</tbody></table>",
            ]
        )


def _row(words, tag, width):
    cells = [*words, *[""] * (width - len(words))]
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"
