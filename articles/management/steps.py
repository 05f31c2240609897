import sys


class Steps:
    """The output of a long command: one line per step, with a counter on a terminal."""

    def __init__(self, out):
        self.out = out
        self.is_watched = sys.stderr.isatty()
        self.what, self.count = None, 0

    def update(self, what, count):
        if self.what != what:
            self.end()
        self.what, self.count = what, count
        if self.is_watched and count % 100 == 0:
            self.out.write(f"\r{count:>9,}  {what}", ending="")

    def end(self):
        if self.what is not None:
            self.out.write(("\r" if self.is_watched else "") + f"{self.count:>9,}  {self.what}")
        self.what = None
