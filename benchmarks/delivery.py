"""How fast pages are, beside others: one command, one run.

    .venv/bin/python benchmarks/delivery.py --corpus STORIES.jsonl --photos DIR [--peers DIR]

Takes a corpus (ninjs, a line a story) into a scratch newsroom, serves it with two workers on a private port, and
measures with wrk: start until the first 200; held pages beside nginx and the peers that keep pages; pages that are not
held (a server with PAGE_STORE_MB=0) beside the peers that keep none; 304 against 200; a thousand hot stories while
something is published every second, and while not; a herd that wants one page at once; what a held page costs in
memory. `--peers`: a folder with peers as the shared folder's bench/peers/*/setup.sh makes them, each in a folder of its
name; they are started and stopped here. What is missing (wrk, compare.py, a peer) is named and left out.
"""

import argparse
import collections
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import peers
import scratch

LUA = """
local paths, at = {{ {paths} }}, 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{ ["Accept-Encoding"] = "gzip", ["Host"] = "{host}"{more} }})
end
"""
CROWD = 64


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=pathlib.Path, required=True)
    options.add_argument("--photos", type=pathlib.Path)
    options.add_argument("--peers", type=pathlib.Path, help="where they are set up")
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with scratch.newsroom(given.corpus, given.photos) as folder:
        with scratch.served():
            pass  # once, so that static files are known to be there
        hot, urls = choose(folder)
        if not shutil.which("wrk") or not (peers.BENCH / "compare.py").exists():
            print("wrk or compare.py is not here: no loads are measured.")
        else:
            with scratch.served() as (port, server, took):
                print(f"start to the first 200: {took:.2f} s")
                beside(peers.HELD, "article,home", given, port, server, urls)
                alone(given, port, server, hot)
            with scratch.served(PAGE_STORE_MB="0") as (port, server, _took):
                print("\nNot held:")
                beside(peers.COLD, "article,home", given, port, server, urls)
        with scratch.served() as (port, _server, _took):
            herd(port)


def choose(folder):
    """(addresses of a thousand live stories over the whole archive, compare.py's list of ours)."""
    from django.utils import timezone

    from articles.models import Story

    live = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()
    step = max(1, live.count() // 1000)
    hot = [story.get_absolute_url() for story in live[: step * 1000 : step]]
    urls = folder / "urls.txt"
    urls.write_text("\n".join(["home /", *(f"article {path}" for path in hot[::100])]))
    return hot, urls


def beside(others, kinds, given, port, server, urls):
    with peers.running(others, given.peers) as sites:
        ours = f"ours=http://127.0.0.1:{port}:{urls}:{server.pid}"
        peers.print_ratios(peers.compared([*sites, ours], kinds, given.seconds, given.rounds))


def alone(given, port, server, hot):
    from articles.models import Story

    plain, bare = memory(server), load(port, [hot[0]], given.seconds)
    known = load(port, [hot[0]], given.seconds, {"If-None-Match": etag(port, hot[0])})
    print(f"304 ÷ 200: {known / bare:.2f} ({known:,.0f} and {bare:,.0f} a second)")
    load(port, hot, 15)  # each worker prints each once
    each = (memory(server) - plain) / len(hot) / 2 / 1000
    print(f"memory of a held page: {each:.0f} kB (two workers, {len(hot)} pages)")
    quiet = load(port, hot, given.seconds * 2)
    stop, pattern = threading.Event(), Story.objects.filter(state="released").newest()[0]

    def publish():
        number = 0
        while not stop.wait(1):
            number += 1
            scratch.publish(number, pattern)

    publisher = threading.Thread(target=publish)
    publisher.start()
    busy = load(port, hot, given.seconds * 2)
    stop.set()
    publisher.join()
    print(f"1,000 hot stories, publishing 1/s ÷ not: {busy / quiet:.2f} ({busy:,.0f} and {quiet:,.0f} a second)")


def herd(port, rounds=20):
    """After each publication a crowd asks for the front at once: how often it is printed, how long the last waits."""
    from articles.models import Story

    pattern, prints, waits = Story.objects.filter(state="released").newest()[0], [], []
    for number in range(rounds):
        scratch.publish(number, pattern)
        came, took = crowd(port, "/")
        prints.append(came["miss"])
        waits.append(max(took))
    print(
        f"herd of {CROWD} for a front that is old: printed {max(prints)} times at most (two workers), "
        f"the last reader waited {statistics.median(waits) * 1000:.0f} ms (median of {rounds})"
    )


def crowd(port, path):
    """({X-Page: how many}, seconds that each waited) of `CROWD` readers who ask at once."""
    start, came, took = threading.Barrier(CROWD), collections.Counter(), []

    def want():
        start.wait()
        began = time.monotonic()
        came[scratch.ask(port, path).getheader("X-Page")] += 1
        took.append(time.monotonic() - began)

    readers = [threading.Thread(target=want) for _ in range(CROWD)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return came, took


def load(port, paths, seconds, more=None):
    """Requests a second of wrk over these paths in rotation."""
    added = "".join(f', ["{name}"] = [[{value}]]' for name, value in (more or {}).items())
    quoted = ", ".join(f'"{path}"' for path in paths)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.format(paths=quoted, host=f"{scratch.HOST}:{port}", more=added))
        script.flush()
        command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-s", script.name, f"http://127.0.0.1:{port}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if found := re.search(r"Non-2xx or 3xx responses: (\d+)", told):
        print(f"  {found[1]} answers were errors")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def etag(port, path):
    return scratch.ask(port, path, **{"Accept-Encoding": "gzip"}).getheader("ETag")


def memory(server):
    """Bytes that the workers hold in memory of their own: not the pages of the database's file, which they share."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True, check=True)
    states = (pathlib.Path(f"/proc/{pid}/status").read_text() for pid in told.stdout.split())
    return sum(int(re.search(r"RssAnon:\s+(\d+)", state)[1]) for state in states) * 1000


if __name__ == "__main__":
    main()
