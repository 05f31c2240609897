"""Everything at once, for minutes: readers, searches, reads told, editors who save and type, stories that come by wire.

    .venv/bin/python benchmarks/mixed.py [--minutes 30] [--editors 20] [--rest 10] [--every 30] [--database …]

Serves a scratch newsroom on a private port of this machine. Each editor opens a form, changes the headline of a live
story and saves, again and again, and has a working copy kept every second; another twenty stories are ingested live
every `--every` seconds. Prints a line of JSON a minute, and one of the whole: errors, old pages, what was lost, the p99
of held pages, the p95 of saves, and the memory of the workers. The exit code is 1 for an error, an old page or a loss.
"""

import argparse
import contextlib
import json
import pathlib
import sys
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent)]

from broken import newsrooms, people, seen  # noqa: E402

from articles.tests.real_servers import Postgres  # noqa: E402

AT_ONCE = 20  # stories of one ingest


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--editors", type=int, default=20)
    options.add_argument("--rest", type=float, default=10, help="seconds of an editor between two saves")
    options.add_argument("--every", type=float, default=30, help="seconds between two ingests")
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = options.parse_args()
    newsrooms.end_well()
    with started(given.database) as newsroom:
        hired, grace = newsroom.hire(given.editors + 1), people.GRACE[given.database]
        watch = people.Watch(newsroom, hired, grace=grace, rest=given.rest)
        wire = Wire(newsroom, given.every)
        with watch, wire:
            minutes = [minute(newsroom, watch, min(60, given.minutes * 60)) for _ in range(max(1, int(given.minutes)))]
        whole = told(newsroom, watch.seen) | {"ingested": wire.count, "ingests that failed": wire.failed}
        whole |= {"lost": seen.lost(newsroom, watch), "MB of each minute": [row["MB"] for row in minutes]}
    print(json.dumps({"whole": whole}))
    sys.exit(bool(whole["errors"] or whole["old pages"] or whole["lost"] or wire.failed))


@contextlib.contextmanager
def started(database):
    with newsrooms.copied(database) as (var, folder):
        server, environ = None, {}
        if database == "postgresql":
            server = Postgres(folder)
            server.start()
            environ["DATABASE_URL"] = server.address
        newsroom = newsrooms.Newsroom(var, **environ)
        try:
            yield newsroom.start()
        finally:
            newsroom.stop()
            if server:
                server.stop()


def minute(newsroom, watch, seconds):
    begun = time.monotonic()
    time.sleep(seconds)
    row = told(newsroom, [note for note in watch.seen if note.at >= begun])
    print(json.dumps(row), flush=True)
    return row


def told(newsroom, notes):
    def took(who, what=""):
        return [note.took for note in notes if note.who in who and what in note.what]

    wrong = [note for note in notes if note.status not in seen.WELL[note.who]]
    hits = [note.took for note in notes if note.how in ("hit", "put together")]
    return {
        "requests": len(notes), "errors": len(wrong), "of them": sorted({(note.who, note.status) for note in wrong}),
        "old pages": sum(note.is_stale for note in notes), "hits p99 ms": ms(seen.percentile(hits, 0.99)),
        "hits median ms": ms(seen.median(hits)), "saves": len(took({"editor"}, "save")),
        "saves median ms": ms(seen.median(took({"editor"}, "save"))),
        "saves p95 ms": ms(seen.percentile(took({"editor"}, "save"), 0.95)),
        "copies p95 ms": ms(seen.percentile(took({"copy"}), 0.95)), "MB": newsroom.memory() // 10**6,
    }  # fmt: skip


def ms(seconds):
    return round(1000 * seconds)


class Wire:
    """Stories come in live, by `manage.py ingest`, every so many seconds."""

    def __init__(self, newsroom, every):
        self.newsroom, self.every, self.count, self.failed = newsroom, every, 0, []
        self.stopped, self.thread = threading.Event(), threading.Thread(target=self._go_on)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *raised):
        self.stopped.set()
        self.thread.join()

    def _go_on(self):
        file = self.newsroom.folder / "wire.jsonl"
        while not self.stopped.wait(self.every):
            rows = [self._item(self.count + number) for number in range(AT_ONCE)]
            file.write_text("\n".join(map(json.dumps, rows)))
            try:
                self.newsroom.manage("ingest", str(file), "--state", "published", "--edition", "gorontalo")
                self.count += AT_ONCE
            except RuntimeError as error:
                self.failed.append(str(error)[:200])

    def _item(self, number):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return {
            "uri": f"urn:campur:{number}", "type": "text", "language": "id", "versioncreated": now, "firstcreated": now,
            "headline": f"Kabar kawat {number}", "body_html": f"<p>{'Danau Limboto surut. ' * 40}</p>",
            "byline": "Kawat", "subject": [{"name": "Danau"}],
        }  # fmt: skip


if __name__ == "__main__":
    main()
