"""The pages that one worker caches, within a number of bytes; the one not used for longest is dropped first."""

import threading
from collections import OrderedDict


class Store:
    def __init__(self, most):
        self.most, self.size = most, 0
        self.lock = threading.Lock()  # for `size`, the sum of what each page has in `counted`
        self.pages = OrderedDict()  # by key; move_to_end is one step for Python, so threads need no lock

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
        """Count a page again that was compressed in another coding, unless another page has its key by now."""
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
