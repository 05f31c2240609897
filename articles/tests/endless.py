"""Files of any length that are nowhere: made as they are read."""

import io
import tracemalloc


class Endless(io.RawIOBase):
    """A file of the parts that `made()` gives, from the first again whenever it is rewound."""

    def __init__(self, made):
        self.made = made
        self.seek(0)

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return 0

    def seek(self, _offset, _whence=0):
        self.parts, self.rest = iter(self.made()), b""

    def read(self, size=-1):
        while (size < 0 or len(self.rest) < size) and (part := next(self.parts, b"")):
            self.rest += part
        size = len(self.rest) if size < 0 else size
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def reading(read, made, zone):
    """(how many entries a reader finds in such a file, bytes of memory that it takes at most)."""
    tracemalloc.start()
    try:
        return sum(1 for _found in read(Endless(made), zone)), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
