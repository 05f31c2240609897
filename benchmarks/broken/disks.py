"""Disks are full, read-only or slow. Each is a file system of its own, so the machine's is never touched."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from articles.tests.real_servers import Missing, until

from . import newsrooms
from .fault import Fault

ROOM = 40_000_000  # bytes beside what is there
SYSTEMS_PYTHON = "/usr/bin/python3"  # Debian's fusepy belongs to it


class Disk(Fault):
    """The newsroom's folder is a file system in memory."""

    database = "sqlite"

    @contextlib.contextmanager
    def scene(self):
        if os.getuid():
            raise Missing("only root mounts a file system")
        with newsrooms.copied("sqlite") as (var, _postgres):
            self.place = var.parent / "disk"
            self.place.mkdir()
            with self.mounted(var):
                self.newsroom = newsrooms.Newsroom(self.place, **self.environ(var))
                self.newsroom.log = var.parent / "serve.log"
                yield self.newsroom

    @contextlib.contextmanager
    def mounted(self, var):
        size = sum(file.stat().st_size for file in var.rglob("*") if file.is_file()) + ROOM
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "faults", self.place], check=True)
        try:
            subprocess.run(["cp", "-a", f"{var}/.", self.place], check=True)
            yield
        finally:
            subprocess.run(["umount", "-l", self.place], check=True)


class Full(Disk, name="disk-full"):
    says = "the disk of database and photos is full"

    def begin(self):
        with (self.place / "filler").open("wb") as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(65536))
                filler.flush()

    def end(self):
        (self.place / "filler").unlink()


class Faulty(Disk):
    """A FUSE file system that passes everything on, but for what `how` says: faulty_disk.py."""

    how = ""

    @contextlib.contextmanager
    def mounted(self, var):
        if not pathlib.Path("/dev/fuse").exists() or not shutil.which("fusermount3"):
            raise Missing("no FUSE on this machine")
        self.mark = var.parent / "mark"
        script = pathlib.Path(__file__).parent / "faulty_disk.py"
        command = [SYSTEMS_PYTHON, script, var, self.place, self.mark]
        with (var.parent / "fuse.log").open("w") as log:
            disk = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)
        try:
            if not until(lambda: os.path.ismount(self.place) or disk.poll() is not None) or disk.poll() is not None:
                raise Missing((var.parent / "fuse.log").read_text()[-200:])
            yield
        finally:
            subprocess.run(["fusermount3", "-uz", self.place], check=False, stderr=subprocess.DEVNULL)
            disk.terminate()
            disk.wait(10)

    def begin(self):
        self.mark.write_text(self.how)

    def end(self):
        self.mark.unlink()


class Slow(Faulty, name="disk-slow"):
    says, how = "each read, write and sync of the disk takes 200 ms longer", "slow"


class ReadOnly(Faulty, name="disk-read-only"):
    """As after an error of the disk: files that are open refuse to be written, too."""

    says, how = "the file system of database and photos is read-only", "read-only"
