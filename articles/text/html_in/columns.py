"""The columns of cells in a table: a cell that spans several rows takes its column in each of them. Pure."""

import re

MOST = 50  # columns of a table that are counted

_ROWS = re.compile(r"""\browspan\s*=\s*["']?\s*([0-9]{1,3})\b""", re.I)


class Columns:
    """The columns of the open table."""

    def __init__(self):
        self.column, self.taken = 0, {}  # for each column, the rows (this one included) that a cell from above takes

    def start_table(self):
        self.column, self.taken = 0, {}

    def start_row(self):
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def start_cell(self, rest):
        """The number of cells that begin here: this cell, and columns before it that a cell from above takes."""
        count = 1
        while self.column in self.taken:
            self.column, count = self.column + 1, count + 1
        if self.column < MOST and "rowspan" in rest.lower() and (rows := _ROWS.search(rest)):
            self.taken[self.column] = int(rows[1])
        self.column += 1
        return count
