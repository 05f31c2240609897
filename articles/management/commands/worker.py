"""Run what need not be done at once, such as e-mail: `manage.py worker`. `serve` runs one beside itself."""

import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from articles.delivery.parent import has_ended
from articles.publishing.told import mail
from articles.tasks import queue, worker

PAUSE = 2  # seconds between two looks, while nothing waits
A_MINUTE = 60


class Command(BaseCommand):
    help = "Runs the tasks that wait, and asks for the digests that are due. TERM or Ctrl-C stops it after the task."

    def add_arguments(self, parser):
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, its parent, has ended")
        parser.add_argument("--once", action="store_true", help="run what waits now, and end")

    def handle(self, *, once, beside, **options):
        if once:
            minute()
            self.stdout.write(str(worker.Worker().run_all()))
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stopped.set())
        run(stopped, beside=beside)


def run(stopped, pause=PAUSE, beside=None):
    """Work until the event `stopped` is set, or the process `beside` has ended. A database that goes away is asked
    again after a while."""
    mine, next_minute = worker.Worker(), 0
    while not (stopped.is_set() or (beside and has_ended(beside))):
        close_old_connections()
        try:
            if time.monotonic() >= next_minute:
                minute()
                next_minute = time.monotonic() + A_MINUTE
            if mine.run_one():
                continue
        except worker.UNREACHABLE:
            worker.log.warning("The database does not answer: the worker tries again", exc_info=True)
            stopped.wait(A_MINUTE / 6)
        stopped.wait(pause)


def minute():
    """What is looked at once a minute."""
    mail.enqueue_digests(timezone.now())
    queue.tidy()
