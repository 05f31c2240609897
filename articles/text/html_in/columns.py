"""Which cells of a row stand where: a cell that reaches down over several rows takes its place in each. Pure."""

import re

MOST = 50  # columns of a table that are counted

_ROWS = re.compile(r"""\browspan\s*=\s*["']?\s*([0-9]{1,3})\b""", re.I)


class Columns:
    """Those of the table that is open."""

    def __init__(self):
        self.column, self.taken = 0, {}  # for each column the rows, this one with it, that a cell from above takes

    def start_table(self):
        self.column, self.taken = 0, {}

    def start_row(self):
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def start_cell(self, rest):
        """How many cells begin with this one: it, and those before it whose place is taken from above."""
        count = 1
        while self.column in self.taken:
            self.column, count = self.column + 1, count + 1
        if self.column < MOST and "rowspan" in rest.lower() and (rows := _ROWS.search(rest)):
            self.taken[self.column] = int(rows[1])
        self.column += 1
        return count
