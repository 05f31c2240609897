"""Are readers sent anything older than what was committed before they asked? Publishes, and reads all the while.

    .venv/bin/python benchmarks/exactness.py [--publications 300] [--writers 1] [--workers 2]

Serves a scratch newsroom on a private port. A writer publishes new stories and changes the headline of an old one, and
notes the time after each commit; readers ask for that story, the front, lists, the tag and a page with the rail. A read
is stale if it shows an older number than was committed before it began; on a server (DATABASE_URL) half a second is
granted, as docs/delivery.md says. With several writers, for a server, each changes a story of its own in transactions
of 1 to 500 ms that overlap. Prints how late embargoes and expiries are seen, how many reads, how many were stale, and
how pages came.
"""

import argparse
import collections
import datetime
import http.client
import random
import re
import sys
import threading
import time
from typing import NamedTuple

import scratch

MARK = re.compile(r"Nomor (\d+)-(\d+)\.")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--publications", type=int, default=300, help="of all writers together")
    options.add_argument("--seconds-between", type=float, default=0.05)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--writers", type=int, default=1, choices=range(1, 5), help="the pool has 4 connections")
    given = options.parse_args()
    with scratch.newsroom(), scratch.served(workers=given.workers) as (port, _server, _took):
        print(f"embargoes and expiries: all workers show them within {by_the_clock(port):.2f} s of their time")
        sys.exit(bool(measure(given, port)))


def by_the_clock(port, times=5):
    """Seconds, at worst, until no worker's front shows what it showed before a story went live, or before it ended."""
    from django.utils import timezone

    from articles.models import Story

    late, pattern = [0.0], Story.objects.filter(state="released").newest()[0]
    for number in range(times):
        story = scratch.publish(f"waktu{number}", pattern)
        starts = timezone.now() + datetime.timedelta(seconds=1.5)
        ends = starts + datetime.timedelta(seconds=1.5)
        Story.objects.filter(pk=story.pk).update(embargo_until=starts, expires_at=ends)
        for at, is_shown in ((starts, True), (ends, False)):
            while timezone.now() < at + datetime.timedelta(seconds=1):
                asked = timezone.now()
                shows = story.headline in scratch.ask(port, "/").read().decode()
                if asked >= at and shows != is_shown:
                    late.append((timezone.now() - at).total_seconds())
    return max(late)


class Seen(NamedTuple):
    """What writers have committed, as {writer: [(moment, number)]}, and what readers were sent."""

    committed: dict
    grace: float  # seconds
    reads: collections.Counter
    stale: list
    stop: threading.Event


def measure(given, port):
    """How many reads were stale."""
    from django.db import connection

    own, tag, pages = stories(given.writers)
    grace = 0.0 if connection.vendor == "sqlite" else 0.5
    seen = Seen({writer: [] for writer in range(given.writers)}, grace, collections.Counter(), [], threading.Event())

    def write(writer, number):
        change(writer, number, own[writer], tag, alone=given.writers == 1)
        seen.committed[writer].append((time.monotonic(), number))

    def write_all(writer):
        for number in range(1, given.publications // given.writers + 1):
            write(writer, number)
            time.sleep(given.seconds_between if given.writers == 1 else random.uniform(0, 0.1))  # noqa: S311

    for writer in seen.committed:
        write(writer, 0)
    connection.close()
    time.sleep(2 * grace)
    readers = [threading.Thread(target=read, args=(page, port, seen), daemon=True) for page in pages]
    writers = [threading.Thread(target=write_all, args=(writer,), daemon=True) for writer in seen.committed]
    run(readers, writers, seen.stop)
    print(f"{given.publications} publications, {sum(seen.reads.values()):,} reads: {dict(seen.reads)}")
    print(f"stale reads: {len(seen.stale)}{f', for instance {seen.stale[:3]}' if seen.stale else ''}")
    return len(seen.stale)


def stories(writers):
    """(a story for each writer, the tag that they have, the addresses of pages that show them)."""
    from django.utils import timezone

    from articles.models import Story, Tag, TaggedStory

    live = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()
    own, beside = list(live[:writers]), live[writers + 1]
    tag = Tag.objects.create(name="Ukur", slug="ukur")
    for story in own:
        TaggedStory.objects.create(content_object=story, tag=tag)
    pages = ["/", "/latest/", "/tag/ukur/", "/feed/", beside.get_absolute_url(), own[0].get_absolute_url()]
    return own, tag, pages


def read(page, port, seen):
    """Asks for the page until the writers have ended, and notes each answer that is older than it may be."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    shows = None
    while not seen.stop.is_set():
        began = time.monotonic()
        link.request("GET", page, headers={"Host": f"{scratch.HOST}:{port}"})
        answer = link.getresponse()
        found = newest(answer.read().decode())
        seen.reads[answer.getheader("X-Page")] += 1
        shows = shows or set(found)
        for writer in shows:
            wanted = max((number for at, number in seen.committed[writer] if at <= began - seen.grace), default=0)
            if answer.status != 200 or found.get(writer, -1) < wanted:
                seen.stale.append((page, answer.status, found, writer, wanted, answer.getheader("X-Page")))


def run(readers, writers, stop):
    for thread in [*readers, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()


def change(writer, number, story, tag, alone):
    """Another headline for a story that readers have; who writes alone publishes a new story, too."""
    from django.db import transaction

    from articles.models import Person, Story

    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(headline=f"Nomor {writer}-{number}.")
        if alone:
            scratch.publish(f"{writer}-{number}", story, [tag], by=Person.objects.first())
        else:
            time.sleep(random.uniform(0.001, 0.5))  # noqa: S311


def newest(text):
    """{writer: the newest number of theirs that stands in a page}."""
    found = {}
    for writer, number in MARK.findall(text):
        found[int(writer)] = max(int(number), found.get(int(writer), 0))
    return found


if __name__ == "__main__":
    main()
