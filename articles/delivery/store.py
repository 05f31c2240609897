"""The pages that one worker holds, the newest used last, within a number of bytes."""

from collections import OrderedDict


class Store:
    def __init__(self, most):
        self.most, self.size = most, 0
        self.pages = OrderedDict()  # by key; each move of it is one step for Python, so that threads need no lock

    def get(self, key):
        page = self.pages.get(key)
        if page is not None:
            try:
                self.pages.move_to_end(key)
            except KeyError:  # another thread has dropped it just now
                return page
        return page

    def put(self, key, page):
        self.drop(key)
        self.pages[key] = page
        self.size += page.size
        self.shrink()

    def drop(self, key):
        page = self.pages.pop(key, None)
        if page is not None:
            self.size -= page.size

    def grown(self, more):
        """A page was packed in another coding, which is kept, too."""
        self.size += more
        self.shrink()

    def shrink(self):
        while self.size > self.most and self.pages:
            try:
                _key, page = self.pages.popitem(last=False)
            except KeyError:
                return
            self.size -= page.size
