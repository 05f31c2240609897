"""What readers and the desk feel of a flood, through nginx as docs/delivery.md has it.

    .venv/bin/python benchmarks/flood.py [--only NAME …] [--seconds 20] [--links 64]

Serves a scratch newsroom behind nginx on private ports of this machine and lets wrk ask, from as many addresses as it
makes up, for what a flood asks: one held story with unknown arguments, unknown addresses, old list pages, searches.
Beside it readers ask for held pages and editors open and save. Prints a line of JSON for each flood: its answers, the
readers' p99, the desk's p95, answers of 5xx to anybody, and the memory of the workers. At last a held story from nginx'
cache is compared with a static file of its size, and the time is taken after which a change is seen everywhere. The
exit code is 1 if anybody got a 5xx, a page was old for longer than two seconds, or an editor's save was lost.
"""

import argparse
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent)]

from broken import newsrooms, people, seen  # noqa: E402

from articles.tests.real_servers import Nginx, until  # noqa: E402

FLOODS = {  # {name: the path of a request, in Lua}
    "nobody": None,
    "unknown-queries": 'story .. "?q" .. n() .. "=" .. n()',
    "unknown-paths": '"/tidak/" .. n() .. "/" .. n() .. "/"',
    "unknown-stories": '"/2024/05/07/cerita-" .. n() .. "/"',
    "list-pages": '"/latest/?page=" .. math.random(1, 400)',
    "searches": '"/search/?q=danau+" .. n()',
}
LUA = """
story = "{story}"
function n() return tostring(math.random(1, 99999999)) end
request = function()
  local from = math.random(1, 223) .. "." .. math.random(0, 255) .. "." .. math.random(0, 255) .. ".7"
  return wrk.format("GET", {path}, {{ ["Host"] = "{host}", ["Accept-Encoding"] = "gzip", ["X-Forwarded-For"] = from }})
end
threads, counts = {{}}, {{}}
setup = function(thread) table.insert(threads, thread) end
response = function(status)
  counts[status] = (counts[status] or 0) + 1
end
done = function()
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("counts")) do print("STATUS " .. status .. "=" .. count) end
  end
end
"""
TRUSTED = "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For; limit_conn links 300;"
LATE = 2  # seconds


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", choices=[*FLOODS, "static"], default=[*FLOODS, "static"], metavar="NAME")
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--links", type=int, default=64)
    given = options.parse_args()
    newsrooms.end_well()
    with behind_nginx() as (newsroom, hired, file):
        rows = [flood(newsroom, hired, name, given) for name in given.only if name in FLOODS]
        if "static" in given.only:
            beside_a_file(newsroom, hired[-1]["path"], file, given)
    sys.exit(any(row["5xx"] or row["late"] or row["lost"] for row in rows))


@contextlib.contextmanager
def behind_nginx(hired=4, **environ):
    """Yields (Newsroom, its editors, the address of a static file as large as a story)."""
    with newsrooms.copied("sqlite") as (var, _postgres), tempfile.TemporaryDirectory(prefix="nginx-") as folder:
        newsroom = newsrooms.Newsroom(var, **environ)
        own = {"location /preview/ {": f"location = /file.html {{ root {folder}; }} location /preview/ {{"}
        own["limit_conn links 300;"] = TRUSTED
        try:
            newsroom.start()
            people_of_it = newsroom.hire(hired)
            with Nginx(folder, newsroom.port, newsrooms.HOST, changes=own, shows_cache=False) as nginx:
                newsroom.front = nginx.port
                page = newsroom.ask(people_of_it[-1]["path"], accept_encoding="gzip")
                pathlib.Path(folder, "file.html").write_bytes(page.body)
                pathlib.Path(folder).chmod(0o755)
                yield newsroom, people_of_it, "/file.html"
        finally:
            newsroom.stop()


def flood(newsroom, hired, name, given):
    """The row of one flood. Pages from nginx' cache may be old for two seconds."""
    before, watch = newsroom.memory(), people.Watch(newsroom, hired, grace=LATE)
    with watch:
        until(lambda: all(watch.stored.values()), 60)
        begun = time.monotonic()
        loaded = load(newsroom, FLOODS[name], hired[-1]["path"], given) if FLOODS[name] else time.sleep(given.seconds)
        ended = time.monotonic()
    notes = [note for note in watch.seen if begun <= note.at < ended]
    row = {
        "flood": name, **(loaded or {"a second": 0, "answers": {}}), **latencies(notes),
        "5xx": sum(note.status >= 500 or note.status == 0 for note in notes) + errors(loaded),
        "late": sum(note.is_stale for note in watch.seen), "lost": seen.lost(newsroom, watch, most_reads=10**9),
        "MB before": before // 10**6, "MB": newsroom.memory() // 10**6,
    }  # fmt: skip
    print(json.dumps(row), flush=True)
    return row


def latencies(notes):
    """Milliseconds: p99 of held pages, median and p95 of what editors wait for."""
    held = [note.took for note in notes if note.who in ("quiet", "reader") and note.status == 200]
    desk = [note.took for note in notes if note.who == "editor" and note.status in (200, 302)]
    told = {"readers p99": seen.percentile(held, 0.99), "desk median": seen.median(desk)}
    told |= {"desk p95": seen.percentile(desk, 0.95)}
    return {name: round(1000 * value) for name, value in told.items()} | {"reads": len(held), "desk": len(desk)}


def errors(loaded):
    return sum(count for status, count in (loaded or {"answers": {}})["answers"].items() if status >= 500)


def load(newsroom, path, story, given):
    """{requests a second, answers by status} of wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.format(path=path, story=story, host=newsrooms.HOST))
        script.flush()
        told = wrk(newsroom.front, "/", given, "-s", script.name)
    counts = dict(re.findall(r"(\d+)=(\d+)", " ".join(re.findall(r"STATUS (.*)", told))))
    answers = {int(status): int(count) for status, count in counts.items()}
    return {"a second": per_second(told), "answers": answers}


def wrk(port, path, given, *options):
    command = ["wrk", "-t1", f"-c{given.links}", f"-d{given.seconds}s", *options, f"http://127.0.0.1:{port}{path}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def per_second(told):
    return round(float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]))


def beside_a_file(newsroom, story, file, given):
    """A held story from nginx' cache ÷ a static file, alternated; seconds until a change is seen in all codings."""
    ours, theirs = [], []
    given.seconds = max(2, given.seconds // 5)
    host = ["-H", f"Host: {newsrooms.HOST}", "-H", "Accept-Encoding: gzip"]
    for _round in range(5):
        ours.append(per_second(wrk(newsroom.front, story, given, *host)))
        theirs.append(per_second(wrk(newsroom.front, file, given, *host)))
    ratio = seen.median([mine / other for mine, other in zip(ours, theirs, strict=True)])
    row = {"held story ÷ static file": round(ratio, 2), "a second": [seen.median(ours), seen.median(theirs)]}
    print(json.dumps(row | {"a change is seen after": round(seen_after(newsroom, story), 1)}), flush=True)


def seen_after(newsroom, story):
    """Seconds until a change of the story is in every coding, while somebody asks for it all the time."""
    slug, stop = story.strip("/").rpartition("/")[2], threading.Event()

    def ask():
        while not stop.is_set():
            newsroom.ask(story, accept_encoding="gzip")

    asking = threading.Thread(target=ask)
    asking.start()
    newsroom.rows(f"Story.objects.filter(slug={slug!r}).update(headline='Diubah di bawah banjir')")
    begun = time.monotonic()
    until(lambda: "Diubah di bawah banjir" in newsroom.ask(story, accept_encoding="identity").text)
    took = time.monotonic() - begun
    stop.set()
    asking.join()
    return took


if __name__ == "__main__":
    main()
