"""What the search of readers costs at any size: CPU and queries of each kind of question.

    .venv/bin/python benchmarks/search.py [--stories 10000 200000] [--only WORDS] [--times 20]

Asks the newsrooms that desk.py measures, which are made once for each size and kept (desk_newsroom.py), on SQLite or
the PostgreSQL that DATABASE_URL names. Each question is asked of the largest edition, of the application that workers
serve, in this process. The frame of the page is in memory, as in a worker that has answered once; the stories are not,
as if nobody had seen them before. Printed are the median and the 95th percentile of CPU milliseconds (on PostgreSQL
with those of its processes on this machine), the queries of the page, and the 95th percentile of all questions alike,
whose limits are LIMIT and twice that of the smallest size.
"""

import argparse
import functools
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from urllib.parse import urlencode

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT, TWICE = 50, 2


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stories", nargs="+", type=int, default=[10_000, 200_000], metavar="COUNT")
    options.add_argument("--only", default="", help="kinds of questions whose name holds these words")
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--here", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.here:
        return print(json.dumps(measure(given.here, given.only, given.times)))
    by_size = {count: measured(count, given) for count in sorted(given.stories)}
    print(f"{'ms CPU: median, p95 / queries':40}" + "".join(f"{size:>24,}" for size in by_size))
    for kind in by_size[min(by_size)]:
        told = [figures[kind] for figures in by_size.values()]
        print(f"{kind:40}" + "".join(f"{one['median']:12.1f}{one['p95']:8.1f} /{one['queries']:2}" for one in told))
    first, last = (by_size[size]["all"]["p95"] for size in (min(by_size), max(by_size)))
    print(f"p95 {last:.1f} ms of {LIMIT}, {last / first:.2f} times that of the smallest, of {TWICE}")


def measured(count, given):
    command = [sys.executable, __file__, "--here", str(count), "--only", given.only, "--times", str(given.times)]
    told = subprocess.run(command, cwd=ROOT, env=os.environ, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)


def measure(count, only, times):
    """{kind: {"median", "p95", "queries"}} and the same of "all"."""
    import desk_newsroom

    os.environ["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"  # the work of helpers would not be seen
    desk_newsroom.prepare(count)
    every, found = [], {}
    for kind, asked in questions().items():
        if only in kind:
            took = [cost(asked) for _time in range(times + 1)][1:]
            found[kind] = figure(took) | {"queries": queries(asked)}
            every += took
    return found | {"all": figure(every) | {"queries": max(one["queries"] for one in found.values())}}


def questions():
    """{kind: parameters of the page}. The words are those of articles/tests/large_desk.py."""
    from articles.models import Edition, Person, Series, Story, TaggedStory
    from articles.tests.large_desk import COMMON, RARE, SELDOM
    from articles.text import body

    edition = Edition.objects.get(slug="gorontalo")
    newest = Story.objects.filter(edition=edition, state="released", series__isnull=False).newest()[0]
    words = body.text(newest.body).lower().split()
    tag = TaggedStory.objects.filter(content_object=newest).first().tag
    person = Person.objects.filter(credits__story=newest).first()
    series = Series.objects.get(pk=newest.series_id)
    often = words[0] if words[0] != COMMON else words[1]
    day = newest.day.replace(month=1, day=1).isoformat()
    return {
        "a rare word": {"q": RARE},
        "a word of one story in a hundred": {"q": SELDOM},
        "a word of every second story": {"q": COMMON},
        "the same, newest first": {"q": COMMON, "order": "newest"},
        "the same in all editions": {"q": COMMON, "network": 1},
        "two words, both frequent": {"q": f"{COMMON} {often}"},
        "two words, one of them rare": {"q": f"{COMMON} {RARE}"},
        "a phrase": {"q": f'"{words[3]} {words[4]}"'},
        "a word begun": {"q": COMMON[:4]},
        "minus": {"q": f"{COMMON} -{SELDOM}"},
        "minus of what is frequent": {"q": f"{SELDOM} -{COMMON}"},
        "within a section": {"q": COMMON, "section": "Ekonomi"},
        "within a tag": {"q": COMMON, "tag": tag.slug},
        "of a person": {"q": COMMON, "person": person.slug},
        "of a series": {"q": COMMON, "series": series.slug},
        "since a day": {"q": COMMON, "since": day},
        "until a day": {"q": COMMON, "until": day},
        "of the last days": {"q": COMMON, "since": newest.day.isoformat()},
        "a section alone": {"section": "Ekonomi"},
        "a name": {"q": person.name},
        "a tag and a word": {"q": f"{tag.name} {SELDOM}"},
        "misspelled": {"q": f"{COMMON[:-2]}{COMMON[-1]}"},
        "nothing found": {"q": "qwrtzx plmkn"},
        "nothing asked": {},
    }


def cost(asked):
    """Milliseconds of CPU, of this process and of PostgreSQL's for it."""
    from articles.cache import cached_rows

    cached_rows.forget_rows()
    began, served = time.process_time(), of_servers()
    ask(asked)
    return (time.process_time() - began + of_servers() - served) * 1000


def of_servers():
    """CPU seconds of the PostgreSQL processes of our connections; 0 on SQLite, or where they run elsewhere."""
    return sum(int(file.read_text().split()[0]) for file in _servers() if file.exists()) / 1e9


def _servers():
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return [pathlib.Path(f"/proc/{pid}/schedstat") for (pid,) in _beside().execute(sql).fetchall()]


@functools.cache
def _beside():
    """A connection that does not count."""
    import psycopg

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def ask(asked):
    from newsroom.wsgi import application

    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/search/", "QUERY_STRING": urlencode(asked),
        "HTTP_HOST": "gorontalo.localhost", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    status = []
    answer = application(environ, lambda line, headers, error=None: status.append(line))
    try:
        b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    if status != ["200 OK"]:
        sys.exit(f"{asked}: {status}")


def queries(asked):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask(asked)
    return len(captured)


def figure(took):
    return {"median": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1]}


if __name__ == "__main__":
    main()
