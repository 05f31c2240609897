"""How fast held pages are, beside others: one command, one run.

    .venv/bin/python benchmarks/delivery.py --corpus STORIES.jsonl --photos DIR [--peer NAME=URL:URLS.txt:PID …]

Takes a corpus (ninjs, a line a story) into a scratch newsroom, serves it with two workers on a private port, and
measures with wrk: start until the first 200; pages of each kind beside the peers that run (by the shared folder's
bench/compare.py); 304 against 200; a thousand hot stories while something is published every second, and while not;
what a held page costs in memory. What is missing (wrk, compare.py, a peer) is named and left out.
"""

import argparse
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMPARE = ROOT.parent / "shared" / "bench" / "compare.py"
HOST = "gorontalo.localhost"
LUA = """
local paths, at = {{ {paths} }}, 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{ ["Accept-Encoding"] = "gzip", ["Host"] = "{host}"{more} }})
end
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=pathlib.Path, required=True)
    options.add_argument("--photos", type=pathlib.Path)
    options.add_argument("--peer", action="append", default=[], help="as compare.py has it; the first is the measure")
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        sys.path.insert(0, str(ROOT))
        for words in (["migrate", "-v0"], ["loaddata", "newsroom", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            manage(*words)
        photos = ["--photos", str(given.photos)] if given.photos else []
        manage("ingest", str(given.corpus), "--state", "published", "--edition", "gorontalo", *photos)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        serve("--port", str(port))[1].send_signal(signal.SIGTERM)  # once, so that static files are known to be there
        time.sleep(2)
        seconds, server = serve("--port", str(port))
        print(f"start to the first 200: {seconds:.2f} s")
        try:
            measure(given, folder, port, server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def measure(given, folder, port, server):
    import django

    django.setup()
    from django.utils import timezone

    from articles.models import Section, Story, Tag

    live = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()
    step = max(1, live.count() // 1000)
    hot = [story.get_absolute_url() for story in live[: step * 1000 : step]]
    section = Section.objects.filter(stories__in=live.order_by()).order_by("-pk").first()
    tag = Tag.objects.filter(links__content_object__in=live.order_by()).order_by("-pk").first()
    kinds = [("home", "/"), *(("article", path) for path in hot[::100]), ("section", section.get_absolute_url())]
    kinds += [("tag", tag.get_absolute_url()), ("feed", "/feed/")]
    urls = pathlib.Path(folder) / "urls.txt"
    urls.write_text("\n".join(f"{kind} {path}" for kind, path in kinds))
    if not shutil.which("wrk"):
        sys.exit("wrk is not here: nothing of the rest was measured.")
    beside(given, urls, port, server)
    plain, bare = memory(server), load(port, [hot[0]], given.seconds)
    tag = etag(port, hot[0])
    known = load(port, [hot[0]], given.seconds, {"If-None-Match": tag})
    print(f"304 ÷ 200: {known / bare:.2f} ({known:,.0f} and {bare:,.0f} a second)")
    load(port, hot, 15)  # each worker prints each once
    each = (memory(server) - plain) / len(hot) / 2 / 1000
    print(f"memory of a held page: {each:.0f} kB (two workers, {len(hot)} pages)")
    quiet = load(port, hot, given.seconds * 2)
    stop = threading.Event()
    publisher = threading.Thread(target=publish, args=(stop, live[0]))
    publisher.start()
    busy = load(port, hot, given.seconds * 2)
    stop.set()
    publisher.join()
    print(
        f"1,000 hot stories, publishing once a second ÷ not: {busy / quiet:.2f} ({busy:,.0f} and {quiet:,.0f} a second)"
    )


def beside(given, urls, port, server):
    if not COMPARE.exists():
        print(f"{COMPARE.name} is not here: no comparison.")
        return
    if not given.peer:
        print("No peers were given: none is compared.")
    ours = f"ours=http://127.0.0.1:{port}:{urls}:{server.pid}"
    asked = [*given.peer, ours, "--seconds", str(given.seconds), "--rounds", str(given.rounds)]
    subprocess.run([sys.executable, str(COMPARE), *asked], check=False)


def publish(stop, pattern):
    from django.utils import timezone

    from articles.models import Story

    number = 0
    while not stop.wait(1):
        number, now = number + 1, timezone.now()
        Story.objects.create(
            headline=f"Nomor {number}", slug=f"nomor-{now:%H%M%S}-{number}", standfirst="Ukur.", body="<p>Ukur.</p>",
            edition=pattern.edition, section=pattern.section, state="released", publish_at=now,
            first_published_at=now, day=pattern.edition.day(now),
        )  # fmt: skip


def load(port, paths, seconds, more=None):
    """Requests a second of wrk over these paths in rotation."""
    added = "".join(f', ["{name}"] = [[{value}]]' for name, value in (more or {}).items())
    quoted = ", ".join(f'"{path}"' for path in paths)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.format(paths=quoted, host=f"{HOST}:{port}", more=added))
        script.flush()
        command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-s", script.name, f"http://127.0.0.1:{port}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if found := re.search(r"Non-2xx or 3xx responses: (\d+)", told):
        print(f"  {found[1]} answers were errors")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def etag(port, path):
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", path, headers={"Host": f"{HOST}:{port}", "Accept-Encoding": "gzip"})
    return link.getresponse().getheader("ETag")


def memory(server):
    """Bytes that the workers hold in memory of their own."""
    told = subprocess.run(["ps", "-o", "rss=", "--ppid", str(server.pid)], capture_output=True, text=True, check=True)
    return sum(int(line) for line in told.stdout.split()) * 1000


def manage(*words):
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


def serve(*words):
    """(seconds until the first 200, the process)."""
    began = time.monotonic()
    command = [sys.executable, "manage.py", "serve", "--workers", "2", *words]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    port = int(words[-1])
    while time.monotonic() - began < 60:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/", headers={"Host": f"{HOST}:{port}"})
            if link.getresponse().status == 200:
                return time.monotonic() - began, server
        except OSError:
            time.sleep(0.02)
    sys.exit("The server did not start.")


if __name__ == "__main__":
    main()
