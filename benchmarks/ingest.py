"""What taking stories in costs: how many a second, CPU a story, and peak memory, at any number of them.

    .venv/bin/python benchmarks/ingest.py [CORPUS.jsonl] [--stories 10000 200000]

Without a file, stories of the shape of an agency's ninjs are made, the same every time, from the words of the fixture:
headline, standfirst, some 16 paragraphs, section, four topics, two credits and one of 24 photos. They go into a new
SQLite with the fixture's newsroom, with the search index and the triggers on. Start-up is measured with an empty list
and taken off the time and the CPU. CPU and memory are those of both processes: the one that reads and the one that
stores.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 603
PHOTOS = 24
NEWEST = datetime.datetime(2026, 11, 20, 21, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
SECTIONS = ["Nasional", "Internasional", "Regional", "Ekonomi", "Olahraga", "Teknologi", "Kesehatan", "Budaya"]


class Cost(NamedTuple):
    wall: float
    user: float
    system: float
    peak: float  # megabytes (PSS) of all its processes together


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", nargs="?", type=pathlib.Path, metavar="CORPUS.jsonl")
    options.add_argument("--stories", nargs="+", type=int, default=[10_000], metavar="COUNT")
    given = options.parse_args()
    for count in [None] if given.corpus else given.stories:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            measure(pathlib.Path(folder), given.corpus, count)


def measure(folder, corpus, count):
    make_photos(folder / "photos")
    if not corpus:
        corpus = folder / "corpus.jsonl"
        with corpus.open("w") as file:
            file.writelines(json.dumps(story, ensure_ascii=False) + "\n" for story in stories(count))
    with corpus.open("rb") as file:
        count = sum(1 for line in file)
    nothing = folder / "nothing.json"
    nothing.write_text("[]")
    manage(folder, "migrate", "--verbosity=0")
    manage(folder, "loaddata", "newsroom", "--verbosity=0")
    start, whole = ingest(folder, nothing), ingest(folder, corpus)
    wall, user = whole.wall - start.wall, whole.user - start.user
    print(f"{count:,} stories of {corpus.stat().st_size / count / 1000:.1f} kB: {count / wall:,.0f} a second")
    print(f"CPU a story {user / count * 1000:.3f} ms, and {(whole.system - start.system) / count * 1000:.3f} ms system")
    print(f"peak memory {whole.peak:.0f} MB, of an empty run {start.peak:.0f} MB in {start.wall:.1f} s")


def ingest(folder, corpus):
    return manage(folder, "ingest", str(corpus), "--state", "published", "--photos", str(folder / "photos"))


def manage(folder, *command):
    """What a command of manage.py costs on a newsroom of its own in `folder`."""
    environment = {**os.environ, "VAR": str(folder / "var")}
    environment.pop("DATABASE_URL", None)
    environment.pop("MEDIA_STORAGE", None)
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, ROOT / "manage.py", *command], env=environment, stdout=subprocess.DEVNULL
    )
    peak, ended = 0, 0
    while not ended:
        peak = max(peak, memory(process.pid))
        time.sleep(0.1)
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    if status:
        sys.exit(f"manage.py {command[0]} failed")
    return Cost(time.perf_counter() - before, used.ru_utime, used.ru_stime, peak)


def memory(pid):
    """Megabytes of a process and of those that it started; what they share counts once. 0 when it has ended."""
    total = 0
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *children]:
            rollup = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss: +(\d+) kB", rollup, re.M)[1]) / 1024
    return total


def make_photos(folder):
    folder.mkdir()
    for number in range(PHOTOS):
        picture = Image.effect_noise((1600, 1067), 40 + number).convert("RGB")
        picture.save(folder / f"photo-{number:02d}.jpg", quality=80)


def stories(count):
    """Oldest first, seven minutes apart."""
    rng = random.Random(SEED)  # noqa: S311 (the same every time)
    fixture = json.loads((ROOT / "fixtures" / "newsroom.json").read_text())
    texts = [row["fields"]["body"] for row in fixture if row["model"] == "articles.story"]
    words = re.sub(r"<[^>]*>", " ", " ".join(texts)).split()
    names = [f"{rng.choice(words)} {rng.choice(words)}".title() for _number in range(72)]
    topics = [f"{rng.choice(words)} {rng.choice(words)}".title() for _number in range(250)]
    for number in range(1, count + 1):
        yield story(number, NEWEST - datetime.timedelta(minutes=7) * (count - number), rng, words, names, topics)


def story(number, at, rng, words, names, topics):
    def sentence(least=8, most=18):
        start = rng.randrange(len(words) - most)
        return " ".join(words[start : start + rng.randint(least, most)]).capitalize() + "."

    stamp, photo, uri = at.isoformat(), rng.randrange(PHOTOS), "tag:agency.example,2026"
    paragraphs = [
        " ".join(sentence() for _number in range(rng.randint(1, 3))) for _number in range(rng.randint(10, 22))
    ]
    return {
        "standard": {"name": "ninjs", "version": "3.1"},
        "uri": f"{uri}:story/{number}",
        "type": "text", "language": "id", "pubStatus": "usable", "urgency": rng.randint(1, 6), "version": "1",
        "firstCreated": stamp, "contentCreated": stamp, "versionCreated": stamp,
        "headlines": [{"role": "main", "value": sentence(8, 12).rstrip(".").title()[:180]}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": paragraphs[0]}],
        "bodies": [{
            "role": "main", "contentType": "application/xhtml+xml",
            "value": "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        }],
        "located": rng.choice(names),
        "people": [
            {"name": rng.choice(names[:60]), "rel": "author"},
            {"name": rng.choice(names[60:]), "rel": "editor"},
        ],
        "subjects": [
            {"name": rng.choice(SECTIONS), "rel": "category"},
            *({"name": topic, "rel": "topic"} for topic in rng.sample(topics, 4)),
        ],
        "infoSources": [{"name": "TribunGorontalo.com"}],
        "associations": [{
            "name": "mainimage", "type": "picture", "uri": f"{uri}:photo/{photo}", "by": rng.choice(names),
            "infoSources": [{"name": "AFP"}],
            "descriptions": [{"role": "caption", "contentType": "text/plain", "value": sentence()}],
            "renditions": [{
                "name": "original", "href": f"photo-{photo:02d}.jpg", "contentType": "image/jpeg",
                "width": 1600, "height": 1067,
            }],
        }],
    }  # fmt: skip


if __name__ == "__main__":
    main()
