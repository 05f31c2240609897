"""The clock of the machine jumps while the newsroom runs: clock.c is loaded before it, and adds what a file says."""

import pathlib
import shutil
import subprocess

from articles.tests.real_servers import Missing

from .fault import Fault

SOURCE = pathlib.Path(__file__).parent / "clock.c"
HOURS = 3


class Jumps(Fault):
    database, by = "sqlite", 0  # seconds

    def environ(self, var):
        if not shutil.which("gcc"):
            raise Missing("gcc is not installed")
        library, self.file = var.parent / "clock.so", var.parent / "clock"
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
        self.set(0)
        return {"LD_PRELOAD": str(library), "FAULTY_CLOCK": str(self.file)}

    def set(self, seconds):
        self.file.write_text(f"{seconds:<12}")  # of one length, so that no reader finds half of it

    def begin(self):
        self.set(self.by)

    def end(self):
        self.set(0)


class Forward(Jumps, name="clock-forward"):
    says, by = f"the clock jumps {HOURS} hours forward, and back again", HOURS * 3600


class Back(Jumps, name="clock-back"):
    says, by = f"the clock jumps {HOURS} hours back, and forward again", -HOURS * 3600
