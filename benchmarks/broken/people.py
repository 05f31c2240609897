"""Readers and editors of a newsroom, each in a thread. They go on whatever happens, and note all that they see.

A reader's page is stale if it shows an older number than was stored before it was asked for. An editor whose save is
not answered sends the same again, as the browser does that keeps what was typed.
"""

import contextlib
import itertools
import json
import random
import re
import threading
import time
import urllib.parse
import uuid
from types import SimpleNamespace
from typing import NamedTuple

from articles.tests.posting import form_of

MARK = re.compile(r"Nomor ([\w]+-\d+)-(\d+)\.")
FORM = "application/x-www-form-urlencoded"
BROWSER = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
GRACE = {"sqlite": 0.0, "postgresql": 0.5}  # seconds in which a page may be older: docs/delivery.md
PER_ADDRESS = itertools.count(1)


class Seen(NamedTuple):
    """`at`: when it was asked, on time.monotonic(). `who`: a key of seen.WELL. `how`: X-Page."""

    at: float
    who: str
    what: str
    status: int
    how: str
    took: float
    is_stale: bool = False


class Watch:
    """Everybody at once. `stored`: {editor: [(time, number)]} of answered saves; `copies`: {editor: number}."""

    def __init__(self, newsroom, hired, *, grace=0.0, pause=0.05, rest=0.3, lists=("/", "/latest/"), beacons=True):
        self.newsroom, self.hired, self.grace, self.pause, self.rest = newsroom, hired, grace, pause, rest
        self.seen, self.stored, self.copies, self.beacons = [], {one["name"]: [] for one in hired[:-1]}, {}, 0
        self.stopped, self.lists = threading.Event(), lists
        busy = hired[:-1]  # the story of the last one stays as it is
        roles = [(self.read, one) for one in busy[:2]] + [(self.read_quiet, hired[-1]), (self.read_lists, None)]
        roles += [(self.edit, one) for one in busy] + [(self.type, one) for one in busy]
        self.threads = [threading.Thread(target=self._go_on, args=role, daemon=True) for role in roles]
        if beacons:
            self.threads.append(threading.Thread(target=self._go_on, args=(self.tell, hired[0]), daemon=True))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *raised):
        self.stopped.set()
        for thread in self.threads:
            thread.join(60)

    def _go_on(self, role, one):
        steps = role(one)
        while not self.stopped.is_set():
            next(steps)

    def wait(self, seconds):
        self.stopped.wait(seconds)

    def ask(self, who, path, what="", **more):
        began = time.monotonic()
        answer = self.newsroom.ask(path, **more)
        how = answer.headers.get("X-Page", "")
        note = Seen(began, who, what or path, answer.status, how, time.monotonic() - began)
        return answer, note

    # Readers ---------------------------------------------------------------------------

    def read(self, one):
        """Pages that are held: a story that its editor changes, and the front that shows it."""
        for path in itertools.cycle([one["path"], "/"]):
            answer, note = self.ask("reader", path, accept_encoding="identity")
            self.seen.append(note._replace(is_stale=self.is_stale(note, answer)))
            self.wait(self.pause)
            yield

    def read_quiet(self, one):
        """Pages that are held and that nobody changes: of them there is always something to show."""
        for path in itertools.cycle([one["path"], "/masthead/"]):
            _answer, note = self.ask("quiet", path)
            self.seen.append(note)
            self.wait(self.pause)
            yield

    def is_stale(self, note, answer):
        if answer.status != 200:
            return False
        shown = {}
        for name, number in MARK.findall(answer.text):
            shown[name] = max(int(number), shown.get(name, 0))
        return any(number < self.stored_before(name, note.at - self.grace) for name, number in shown.items())

    def stored_before(self, name, at):
        return max((number for stored_at, number in self.stored.get(name, ()) if stored_at <= at), default=0)

    def read_lists(self, _one):
        """Pages that nobody keeps, or that few ask for."""
        for number in itertools.count():
            day = f"/archive/2023/10/{number % 28 + 1:02}/"
            for path in ("/search/?q=danau", day, *self.lists):
                _answer, note = self.ask("list", path)
                self.seen.append(note)
                self.wait(self.pause * 2)
                yield

    def tell(self, one):
        """Devices that tell of a read, each with an address of its own."""
        ours = {"Origin": "http://gorontalo.localhost", "Sec-Fetch-Site": "same-origin", "User-Agent": BROWSER}
        while True:
            number = next(PER_ADDRESS)
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            more = {**ours, "X-Forwarded-For": address}
            answer, note = self.ask("beacon", "/read/", method="POST", sent=one["uid"], **more)
            self.beacons += answer.status == 204
            self.seen.append(note)
            self.wait(self.pause * 4)
            yield

    # Editors ---------------------------------------------------------------------------

    def edit(self, one):
        """Opens the form, changes the headline, saves it; the next number only when this one is stored."""
        address = f"/admin/articles/story/{one['story']}/change/"
        while True:
            fields = yield from self._opened(one, address)
            number = one["number"] = one.get("number", 0) + 1
            fields |= {"headline": f"Nomor {one['name']}-{number}.", "_continue": ""}
            while True:
                answer, _note = self.post("editor", one, address, fields, "save")
                yield
                if answer.status == 302:
                    self.stored[one["name"]].append((time.monotonic(), number))
                if answer.status in (200, 302):  # 200: the form came back, so it is opened anew
                    break
                self.wait(0.3)
            self.wait(self.rest * random.uniform(0.5, 1.5))  # noqa: S311

    def _opened(self, one, address):
        while True:
            answer, note = self.ask("editor", address, "open", cookie=one["cookie"])
            self.seen.append(note)
            yield
            if answer.status == 200:
                with contextlib.suppress(ValueError):
                    page = SimpleNamespace(text=answer.text, request={"PATH_INFO": address})
                    return form_of(page, having="headline")[1]
            self.wait(0.3)

    def post(self, who, one, address, fields, what):
        sent = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": one["token"]})
        more = {"cookie": one["cookie"], "content_type": FORM, "Origin": "http://gorontalo.localhost"}
        answer, note = self.ask(who, address, what, method="POST", sent=sent, timeout=30, **more)
        self.seen.append(note)
        return answer, note

    def type(self, one):
        """What somebody types and has not saved, of a story of their own."""
        uid, number = str(uuid.uuid4()), 0
        while True:
            typed = json.dumps([["headline", f"Salinan {number + 1}"], ["body", f"<p>{'huruf ' * 200}</p>"]])
            fields = {"copy": uid, "story": "", "version": "", "typed": typed, "whose": one["whose"]}
            answer, _note = self.post("copy", one, "/admin/articles/story/copies/keep/", fields, "keep")
            if answer.status == 200:
                number += 1
                self.copies[one["name"]] = number
            self.wait(1.1 + random.uniform(0, 0.2))  # noqa: S311
            yield
