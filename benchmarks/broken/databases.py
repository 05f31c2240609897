"""The database goes away, hangs, or is full."""

import signal

from .fault import Fault


class Killed(Fault, name="postgres"):
    says = "kill -9 of PostgreSQL, which is started again"

    def begin(self):
        self.postgres.kill()

    def end(self):
        (self.postgres.folder / "db" / "postmaster.pid").unlink(missing_ok=True)
        self.postgres.start()


class Hangs(Fault, name="postgres-hangs"):
    says = "PostgreSQL hangs (kill -STOP)"

    def begin(self):
        self.postgres.signal(signal.SIGSTOP)

    def end(self):
        self.postgres.signal(signal.SIGCONT)


class Connection(Fault, name="postgres-process"):
    says, lasts = "kill -9 of one process of PostgreSQL, which restarts all of them", False

    def begin(self):
        import os
        import subprocess

        listed = ["ps", "-o", "pid=,args=", "--ppid", str(self.postgres.pid)]
        told = subprocess.run(listed, capture_output=True, text=True).stdout.splitlines()
        os.kill(next(int(line.split()[0]) for line in told if "newsroom postgres" in line), signal.SIGKILL)
