"""The pages that one worker holds, the newest used last, within a number of bytes."""

import threading
from collections import OrderedDict


class Store:
    def __init__(self, most):
        self.most, self.size = most, 0
        self.lock = threading.Lock()  # of the sum; `counted` is what a page has in it
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
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self._count(page)

    def drop(self, key):
        with self.lock:
            self._drop(key)

    def clear(self):
        with self.lock:
            self.pages.clear()
            self.size = 0

    def grown(self, key, page):
        """A page was packed in another coding, which is kept, too; unless another is held there by now."""
        with self.lock:
            if self.pages.get(key) is page:
                self._count(page)

    def _drop(self, key):
        page = self.pages.pop(key, None)
        if page is not None:
            self.size, page.counted = self.size - page.counted, 0

    def _count(self, page):
        self.size, page.counted = self.size + page.size - page.counted, page.size
        while self.size > self.most and self.pages:
            _key, page = self.pages.popitem(last=False)
            self.size, page.counted = self.size - page.counted, 0
