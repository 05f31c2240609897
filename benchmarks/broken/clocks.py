"""The clock of the machine jumps while the newsroom runs: Debian's faketime is loaded before it."""

import pathlib

from articles.tests.real_servers import Missing

from .fault import Fault

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


class Jumps(Fault):
    lasts, database, by = True, "sqlite", "+0"

    def environ(self, var):
        if not pathlib.Path(LIBRARY).exists():
            raise Missing("faketime is not installed")
        self.file = var.parent / "clock"
        self.file.write_text("+0")
        told = {"FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_CACHE_DURATION": "1"}
        return {"LD_PRELOAD": LIBRARY, "FAKETIME_DONT_FAKE_MONOTONIC": "1", **told}

    def begin(self):
        self.file.write_text(self.by)

    def end(self):
        self.file.write_text("+0")


class Forward(Jumps, name="clock-forward"):
    says, by = "the clock jumps three hours forward, and back again", "+3h"


class Back(Jumps, name="clock-back"):
    says, by = "the clock jumps three hours back, and forward again", "-3h"
