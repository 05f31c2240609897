"""A host is cut off from its database: each stands in a network namespace of its own, with one cable between them."""

import contextlib
import os
import subprocess

from articles.tests.real_servers import Missing, Postgres

from . import newsrooms
from .fault import Fault

OURS, THEIRS, READERS, HOST = "10.99.1.1", "10.99.1.2", "10.99.2.1", "10.99.2.2"
NOBODY = "02:00:00:00:00:99"


def ip(*words):
    subprocess.run(["ip", *words], check=True, stderr=subprocess.DEVNULL)


class CutOff(Fault, name="cut-off"):
    """The host of `serve` has two cables: to its readers, who are here, and to the database. That one is cut."""

    says = "the host is cut off from PostgreSQL: its packets go nowhere, and no error comes back"

    @contextlib.contextmanager
    def spaces(self):
        if os.getuid():
            raise Missing("only root makes network namespaces")
        mine = f"nr{os.getpid()}"
        self.host, self.other = f"{mine}h", f"{mine}d"
        made = []
        try:
            for name in (self.host, self.other):
                ip("netns", "add", name)
                made.append(name)
                ip("-n", name, "link", "set", "lo", "up")
            ip("link", "add", f"{mine}a", "netns", self.host, "type", "veth", "peer", f"{mine}b", "netns", self.other)
            ip("link", "add", f"{mine}r", "type", "veth", "peer", f"{mine}s", "netns", self.host)
            for name, device, address in (
                (self.host, f"{mine}a", OURS), (self.other, f"{mine}b", THEIRS), (self.host, f"{mine}s", HOST),
            ):  # fmt: skip
                ip("-n", name, "addr", "add", f"{address}/24", "dev", device)
                ip("-n", name, "link", "set", device, "up")
            ip("addr", "add", f"{READERS}/24", "dev", f"{mine}r")
            ip("link", "set", f"{mine}r", "up")
            self.sides = [(self.host, f"{mine}a", THEIRS), (self.other, f"{mine}b", OURS)]
            yield
        finally:
            for name in made:
                ip("netns", "del", name)

    @contextlib.contextmanager
    def scene(self):
        with newsrooms.copied("postgresql") as (var, folder), self.spaces():
            self.postgres = Postgres(folder, host=THEIRS, before=["ip", "netns", "exec", self.other])
            self.postgres.start()
            try:
                before = ["ip", "netns", "exec", self.host]
                hosts = "gorontalo.localhost,localhost,127.0.0.1," + HOST
                self.newsroom = newsrooms.Newsroom(
                    var, address=HOST, before=before, DATABASE_URL=self.postgres.address,
                    ALLOWED_HOSTS=hosts, PLAIN_HOSTS=f"localhost,{HOST}", SECRET_KEY="k" * 50,
                )  # fmt: skip
                yield self.newsroom
            finally:
                self.postgres.stop()

    def begin(self):
        """Each side sends to a card that is not there, so that nobody sees an error or a cable that is out."""
        for name, device, address in self.sides:
            ip("-n", name, "neigh", "replace", address, "lladdr", NOBODY, "dev", device, "nud", "permanent")

    def end(self):
        for name, device, address in self.sides:
            ip("-n", name, "neigh", "del", address, "dev", device)
