"""Processes of ours are killed."""

import os
import signal

from articles.tests.real_servers import until

from .fault import Fault


class Worker(Fault, name="worker"):
    says, lasts, starts_anew, most_reads = "kill -9 of a worker", False, True, 100

    def begin(self):
        self.before = self.newsroom.workers()
        os.kill(self.before[0], signal.SIGKILL)

    def end(self):
        until(lambda: set(self.newsroom.workers()) - set(self.before))


class Workers(Worker, name="workers"):
    says = "kill -9 of all workers at once"

    def begin(self):
        self.before = self.newsroom.workers()
        for worker in self.before:
            os.kill(worker, signal.SIGKILL)


class Parent(Fault, name="parent"):
    """systemd kills what is left of the unit and starts it again after a second; so does this."""

    says, lasts, starts_anew, most_reads = "kill -9 of `serve` itself", False, True, 100

    def begin(self):
        self.newsroom.process.kill()
        self.newsroom.process.wait()
        self.orphans = until(lambda: not self.newsroom.is_alive(), 5)
        self.newsroom.end_all()

    def end(self):
        import time

        time.sleep(1)  # RestartSec=1
        self.newsroom.start()

    def lost(self, _watch):
        return [] if self.orphans else ["workers went on without `serve` for more than 5 seconds"]
