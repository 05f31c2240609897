"""What processes count for Prometheus, at `/metrics` (articles/health/): an instrument each, and the sum of processes.

`serve` forks workers, and `worker` runs beside them. Each counts in a small file of its own, which prometheus-client
calls its multiprocess mode, and the worker that is asked adds the files up. Other commands count in memory, for nobody.
A label has few values, all of them ours: no address, no words, no account.
"""

import collections
import os
import pathlib
import sys
import threading

from django.conf import settings

FOLDER = settings.VAR / "metrics"
COMMANDS = ("serve", "worker")


def _is_shared():
    """Whether this process counts together with others. Under another WSGI server there is no command of ours."""
    is_command = pathlib.Path(sys.argv[0]).name in ("manage.py", "django-admin")
    return bool(settings.METRICS_TOKEN) and (not is_command or sys.argv[1:2] in ([name] for name in COMMANDS))


IS_SHARED = _is_shared()
if IS_SHARED:  # prometheus-client reads this once, when it is imported
    FOLDER.mkdir(exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess  # noqa: E402

OURS = CollectorRegistry()
RENDERING = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # seconds
LATE = (0.5, 1, 2, 5, 15, 60, 300, 3600)

pages = Counter("newsroom_pages", "Answers to readers, by where they are from.", ["outcome"], registry=OURS)
renders = Histogram("newsroom_render_seconds", "Time to render a page.", buckets=RENDERING, registry=OURS)
answers = Counter(
    "newsroom_answers", "Answers not from the cache, by hundred of the status.", ["status"], registry=OURS
)
desk = Histogram("newsroom_desk_seconds", "Time of the desk's answers.", ["kind"], buckets=RENDERING, registry=OURS)
publications = Counter("newsroom_publications", "Moves that readers see.", ["move"], registry=OURS)
lateness = Histogram(
    "newsroom_publication_late_seconds", "How late a scheduled change went out.", buckets=LATE, registry=OURS
)
tasks = Counter("newsroom_tasks", "Tasks that workers ran, by how they ended.", ["outcome"], registry=OURS)
violations = Counter(
    "newsroom_csp_reports", "Reports that a page asked for what its policy forbids.", ["directive"], registry=OURS
)
sign_ins = Counter("newsroom_sign_ins_refused", "Sign-ins that were refused.", ["why"], registry=OURS)


def everything():
    """A registry with the sums of all processes of this machine."""
    if not IS_SHARED:
        return OURS
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry


def forget_the_dead():
    """Delete what processes that are gone have counted: when `serve` starts, so that counts begin anew at once."""
    for file in FOLDER.glob("*.db") if IS_SHARED else ():
        pid = file.stem.rpartition("_")[2]
        if pid.isdecimal() and not _is_alive(int(pid)):
            file.unlink(missing_ok=True)


def _is_alive(pid):
    """A process that has ended and that nobody has asked for its end, a zombie, counts no more."""
    try:
        os.kill(pid, 0)
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except FileNotFoundError:  # it has just ended, or this is no Linux
        return not pathlib.Path("/proc/self").exists()


class Outcomes:
    """Counts what happens tens of thousands of times a second: each thread in a dict of its own, without a lock, and
    a thread adds them to `pages` every few seconds."""

    EVERY = 2  # seconds

    def __init__(self):
        self.own, self.all, self.told = threading.local(), [], collections.Counter()
        self.lock, self.thread = threading.Lock(), None

    def took(self, outcome):
        try:
            counts = self.own.counts
        except AttributeError:
            counts = self._begin()
        counts[outcome] = counts.get(outcome, 0) + 1

    def _begin(self):
        counts = self.own.counts = {}
        with self.lock:
            self.all.append(counts)
            if self.thread is None and IS_SHARED:
                self.thread = threading.Thread(target=self._go_on, name="metrics", daemon=True)
                self.thread.start()
        return counts

    def tell(self):
        """Add what came since the last time."""
        with self.lock:
            sums = collections.Counter()
            for counts in self.all:
                sums.update(dict(counts))
            for outcome, count in sums.items():
                pages.labels(outcome.replace(" ", "_")).inc(count - self.told[outcome])
            self.told = sums

    def _go_on(self):
        wake = threading.Event()
        while not wake.wait(self.EVERY):
            self.tell()


outcomes = Outcomes()
