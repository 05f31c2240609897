"""Kill -9 in the middle of an ingest, and run it again: the newsroom is the same as after one run in peace.

    RACE_ROUNDS=10 .venv/bin/pytest -m slow

It is killed a tenth as often as RACE_ROUNDS says, or 20 times. The moments come from a seed; what each of them hits
does not.
"""

import datetime
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from PIL import Image

from articles.wire.streams import second_process

from ..databases import as_template, copy_to
from ..newsroom import PUBLISHED
from ..wire_cases import told

pytestmark = [pytest.mark.slow, pytest.mark.both_databases, pytest.mark.django_db]

ROUNDS = int(os.environ.get("RACE_ROUNDS", "200")) // 10
SEED = 603
STORIES, PHOTOS, PEOPLE, TAGS = 600, 30, 30, 60
OF_THE_RUN = {"changed_at", "at", "taken_at", "added_at", "previous_hash"}  # when, and nothing of what
NATURAL = ["--natural-foreign", "--natural-primary"]
DAY = datetime.timedelta(days=1)
TEXT = "<p>Pedagang kembali berjualan di pasar sejak pagi.</p>" * 40  # so that a second process reads the file


class Newsroom:
    """A folder and a database of its own, used by commands in other processes."""

    def __init__(self, folder, name):
        self.var = folder / name
        self.environment = {**os.environ, "VAR": str(self.var)}
        self.database = f"killed_{os.getpid()}_{name}"
        if connection.vendor == "postgresql":
            self.environment["DATABASE_URL"] = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{self.database}"

    def make(self, template=None):
        """As another stands, or with the tables of the tests' database: to migrate takes ten times as long."""
        if connection.vendor == "postgresql":
            self.drop()
            self.on_server(
                f"CREATE DATABASE {self.database} TEMPLATE {template.database if template else as_template()}"
            )
        if template:
            shutil.copytree(template.var, self.var)
        elif connection.vendor == "sqlite":
            self.var.mkdir()
            copy_to(self.var / "newsroom.sqlite3")
        return self

    def drop(self):
        shutil.rmtree(self.var, ignore_errors=not self.var.exists())
        if connection.vendor == "postgresql":
            self.on_server(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def on_server(self, statement):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(statement)

    def start(self, *command):
        command = [sys.executable, settings.ROOT / "manage.py", *map(str, command)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(command, env=self.environment, text=True, **pipes)

    def run(self, *command):
        process = self.start(*command)
        said, _nothing = process.communicate()
        assert process.returncode == 0, said
        return said

    def holds(self):
        """Rows by natural key, and files of photos. Invalidations name rows by number, and a kill skips numbers."""
        rows = [
            (row["model"], {name: value for name, value in row["fields"].items() if name not in OF_THE_RUN})
            for row in json.loads(self.run("dumpdata", "articles", *NATURAL, "--exclude", "articles.touch"))
        ]
        files = {
            path.name: hashlib.md5(path.read_bytes()).hexdigest() for path in self.var.glob("media/originals/[!.]*")
        }
        return sorted(_without_chance(rows)), files


def _without_chance(rows):
    """Rows as texts. A run gives people, tags, series and sections ids by chance."""
    names = {}
    for model, fields in rows:
        if model in ("articles.person", "articles.tag", "articles.series", "articles.section"):
            names[fields["uid"]] = f"{model} {fields['slug']}"
    uid = re.compile("|".join(map(re.escape, names)) or "(?!)")
    for model, fields in rows:
        kept = {name: value for name, value in fields.items() if name != "hash"}
        if snapshot := kept.get("snapshot"):
            kept["snapshot"] = {**snapshot, "names": sorted((snapshot.get("names") or {}).values())}
        yield uid.sub(lambda match: names[match[0]], json.dumps([model, kept], sort_keys=True))


def item(number, rng):
    """A story of an agency, some with a series, a gallery and a correction."""
    at = PUBLISHED + number * datetime.timedelta(minutes=7)
    people = [f"Nama {one}" for one in rng.sample(range(PEOPLE), 2)]
    tags = [f"Topik {one}" for one in rng.sample(range(TAGS), 3)]
    pictures = [picture(one, rel) for one, rel in zip(rng.sample(range(PHOTOS), 2), ["lead", "gallery"], strict=True)]
    correction = {
        "rel": "correction", "type": "text", "uri": f"tag:agency.example,2023:ralat-{number}",
        "versionCreated": at.isoformat(), "bodies": [{"value": "Lima, bukan enam."}],
    }  # fmt: skip
    return told(
        number,
        versionCreated=at.isoformat(),
        firstCreated=at.isoformat(),
        bodies=[{"role": "main", "contentType": "text/html", "value": TEXT}],
        people=[{"name": name, "rel": rel} for name, rel in zip(people, ["author", "editor"], strict=True)],
        subjects=[{"name": name, "rel": "topic"} for name in tags]
        + [{"name": f"Rubrik {number % 5}", "rel": "category"}],
        events=[{"name": f"Seri {number % 3}", "rel": "series"}] if number % 4 == 0 else [],
        associations=pictures[: 2 if number % 5 == 0 else 1] + ([correction] if number % 9 == 0 else []),
    )


def picture(number, rel):
    return {
        "rel": rel, "type": "picture", "uri": f"tag:agency.example,2023:foto-{number}",
        "descriptions": [{"role": "caption", "value": f"Foto {number}."}],
        "renditions": [{"name": "original", "href": f"foto-{number}.jpg", "width": 300, "height": 200}],
    }  # fmt: skip


def corpus(folder):
    """Stories, and at the end newer versions of some that stand at the beginning, with their photos beside them."""
    rng = random.Random(SEED)
    items = [item(number, rng) for number in range(STORIES)]
    items += [{**one, "versionCreated": (PUBLISHED + 9 * DAY).isoformat(), "located": "Limboto"} for one in items[::20]]
    (folder / "stories.jsonl").write_text("\n".join(map(json.dumps, items)))
    assert (folder / "stories.jsonl").stat().st_size > second_process.LARGE
    for number in range(PHOTOS):
        Image.new("RGB", (300, 200), f"#{number * 5 + 20:02x}4466").save(folder / f"foto-{number}.jpg")
    return ["ingest", folder / "stories.jsonl", "--state", "published", "--photos", folder]


def editions(path):
    rows = [
        {"model": "articles.owner", "fields": {"name": "KG Media", "slug": "kg"}},
        {"model": "articles.network", "fields": {"owner": ["kg"], "name": "TRIBUNnews.com", "slug": "tribun"}},
        {"model": "articles.edition", "fields": {
            "network": ["tribun"], "name": "TribunGorontalo.com", "slug": "gorontalo", "host": "gorontalo.localhost",
            "is_default": True,
        }},
    ]  # fmt: skip
    path.write_text(json.dumps(rows))
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("killed")
    newsroom = Newsroom(folder, "empty")
    with django_db_blocker.unblock():
        newsroom.make()
    newsroom.run("loaddata", editions(folder / "editions.json"), "--verbosity=0")
    yield newsroom
    newsroom.drop()


def _differing(expected, found):
    """The first rows and files that only one of two newsrooms holds."""
    (rows, files), (other_rows, other_files) = expected, found
    only = {"missing": set(rows) - set(other_rows), "more": set(other_rows) - set(rows)}
    only["files"] = set(files.items()) ^ set(other_files.items())
    if len(rows) != len(other_rows):
        only["number of rows"] = {len(rows), len(other_rows)}
    return {name: sorted(rows)[:5] for name, rows in only.items() if rows}


def timed(newsroom, *command):
    start = time.monotonic()
    newsroom.run(*command)
    return time.monotonic() - start


def killed_after(seconds, newsroom, command):
    """Whether the command was still running then."""
    process = newsroom.start(*command)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
        return False
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return True


def test_what_a_kill_left_is_made_whole_by_another_run(empty, tmp_path):
    command = corpus(tmp_path)
    (tmp_path / "nothing.json").write_text("[]")
    in_peace = Newsroom(empty.var.parent, "in_peace").make(empty)
    starting = timed(in_peace, "ingest", tmp_path / "nothing.json")
    whole = timed(in_peace, *command)
    expected = in_peace.holds()
    assert sum('"articles.arrival"' in row for row in expected[0]) == STORIES
    assert len(expected[1]) == PHOTOS
    rng, kills = random.Random(SEED), 0
    for number in range(ROUNDS):
        moment = rng.uniform(starting * 0.8, whole)
        newsroom = Newsroom(empty.var.parent, f"round_{number}").make(empty)
        kills += killed_after(moment, newsroom, command)
        newsroom.run(*command)
        newsroom.run("check_revisions")
        differing = _differing(expected, newsroom.holds())  # of lists this long, pytest's own comparison takes an hour
        assert not differing, f"Round {number}, killed after {moment:.3f} s: {differing}"
        newsroom.drop()
    in_peace.drop()
    assert kills, "Nothing was killed: each run had ended before."
