"""Two releases side by side: readers of both and an editor go on while the later one migrates the tables."""

import re
import shutil
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from ..newsroom import SEED_PATH
from ..servers import Server, until

pytestmark = [pytest.mark.service, pytest.mark.both_databases, pytest.mark.django_db]

GRACE = 1  # seconds: a server is asked twice in each, docs/delivery.md
FIELD = "    beats = models.PositiveSmallIntegerField(default=0, db_default=0)\n"
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("articles", "{last}")]
    operations = [
        migrations.AddField("story", "beats", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.AddConstraint("tag", models.CheckConstraint(condition=~models.Q(slug="0"), name="tag_not_zero")),
    ]
"""
EDITOR = """
import time
from django.utils import timezone
from articles.models import Story
story, number = Story.objects.get(slug={slug!r}), 0
while True:
    Story.objects.filter(pk=story.pk).update(headline=f"Nomor {{number}}.")
    print(number, time.monotonic(), flush=True)
    now = timezone.now()
    Story.objects.create(headline="Baru", slug=f"baru-{{number}}", standfirst="Baru.", body="<p>Baru.</p>",
        edition=story.edition, section=story.section, state="released", publish_at=now, first_published_at=now,
        day=story.edition.day(now))
    number += 1
    time.sleep(0.1)
"""


def next_release(folder):
    """A copy of this code with one field and one migration more."""
    for name in ("static", "templates", "fixtures"):
        (folder / name).symlink_to(settings.ROOT / name)
    for name in ("articles", "newsroom"):
        shutil.copytree(settings.ROOT / name, folder / name, ignore=shutil.ignore_patterns("tests"))
    shutil.copy(settings.ROOT / "manage.py", folder)
    story, (_app, last) = folder / "articles/models/story.py", MigrationLoader(None).graph.leaf_nodes("articles")[0]
    story.write_text(story.read_text().replace("    source_line = ", f"{FIELD}    source_line = ", 1))
    (folder / "articles/migrations/9999_next.py").write_text(MIGRATION.format(last=last))
    return folder


class Watched:
    """What readers of some servers were sent while an editor published."""

    def __init__(self, server):
        self.server, self.committed, self.wrong, self.reads, self.ends = server, [], [], 0, threading.Event()

    def __enter__(self):
        told = EDITOR.format(slug=SEED_PATH.split("/")[-2])
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", told]
        self.editor = subprocess.Popen(
            command, cwd=self.server.root, env=self.server.environ, stdout=subprocess.PIPE, text=True
        )
        self.threads = [threading.Thread(target=self.listen, daemon=True)]
        self.threads[0].start()
        assert until(lambda: self.committed, 30), "The editor did not begin."
        self.read(self.server)
        return self

    def __exit__(self, *raised):
        self.end()

    def end(self):
        """Called while the servers run, so that no reader meets one that stops."""
        if self.ends.is_set():
            return
        self.has_failed = self.editor.poll() is not None
        self.ends.set()
        self.editor.terminate()
        self.editor.wait(30)
        for thread in self.threads:
            thread.join(30)
        self.editor.stdout.close()

    def listen(self):
        for line in self.editor.stdout:
            number, at = line.split()
            self.committed.append((float(at), int(number)))

    def read(self, server):
        self.threads.append(threading.Thread(target=self.reads_on, args=(server,), daemon=True))
        self.threads[-1].start()

    def reads_on(self, server):
        while not self.ends.is_set():
            began = time.monotonic()
            for path in (SEED_PATH, "/readyz"):
                status, _headers, body = server.ask(path)
                found = re.search(rb"Nomor (\d+)\.", body)
                wanted = max((number for at, number in list(self.committed) if at <= began - GRACE), default=-1)
                is_old = path != "/readyz" and (not found or int(found[1]) < wanted)
                if status != 200 or is_old:
                    self.wrong.append((server.root.name, path, status, found and found[1], wanted, body[:200]))
                self.reads += 1
            time.sleep(0.02)


@pytest.fixture(scope="module")
def old(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return Server(tmp_path_factory.mktemp("var"))


def test_readers_and_an_editor_notice_nothing_of_a_migration(old, tmp_path):
    new = old.beside(next_release(tmp_path))
    with old, Watched(old) as watched:
        with pytest.raises(subprocess.CalledProcessError):
            new.manage("serve", "--port", str(new.port))  # before its migration
        new.manage("migrate", "-v0")
        with new:
            watched.read(new)
            time.sleep(2 * GRACE)
            before = len(watched.committed)
            assert until(lambda: len(watched.committed) > before + 5), "The editor of the earlier release stopped."
            watched.end()
    assert not watched.wrong, f"{len(watched.wrong)} of {watched.reads} answers, for instance {watched.wrong[:3]}"
    assert watched.reads > 20
    assert not watched.has_failed
