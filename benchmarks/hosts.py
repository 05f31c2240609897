"""What a host costs: CPU of the database and of all hosts for each touch, and the touches a second that the counter
allows, with 1, 2, 4 and 8 hosts on one PostgreSQL.

    DATABASE_URL=postgres://… .venv/bin/python benchmarks/hosts.py [--hosts 1 2 4 8] [--seconds 10]

A host is a process of its own that listens and reads invalidations as a worker of `serve` does. With `--netns`, as
root, each has a network namespace of its own, and DATABASE_URL names the server at 10.99.0.254, where it must listen.
One writer commits a touch after the other; then as many writers as hosts do so at once, which the counter's row makes
wait for each other. It writes: take a database for it alone, migrated.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

import psycopg

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
TICK = os.sysconf("SC_CLK_TCK")
PACE = 50  # touches a second of the writer whose hosts are measured


def connect():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def touch(link, number):
    link.execute("INSERT INTO articles_touch (key) VALUES (%s)", [f"benchmark:{number % 100}"])


def as_host():
    """A process that knows all touches, until its input ends; then it tells its CPU seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.cache.freshness import get_checker

    checker, stop = get_checker(), threading.Event()
    checker.refresh()
    print("ready", flush=True)
    begun = time.process_time()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    while not stop.wait(0.005):  # requests come all the time
        checker.refresh()
    print(time.process_time() - begun, flush=True)


def cpu_of_database(server):
    """Seconds of all processes of the PostgreSQL whose first process is `server`."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True, check=True)
    total = 0
    for pid in [server, *map(int, listed.stdout.split())]:
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))  # its own and those of its ended children
    return total / TICK


def first_process(link):
    backend = link.execute("SELECT pg_backend_pid()").fetchone()[0]
    return int(pathlib.Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


@contextlib.contextmanager
def hosts(count, netns):
    """`count` hosts that run; the list that it yields has their CPU seconds afterwards."""
    running, found = [], []
    for number in range(1, count + 1):
        within = ["ip", "netns", "exec", f"host{number}"] if netns else []
        command = [*within, sys.executable, __file__, "--as-host"]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for one in running:
        one.stdout.readline()
    try:
        yield found
    finally:
        for one in running:
            one.stdin.close()
        found += [float(one.stdout.readline()) for one in running]
        for one in running:
            one.wait()


@contextlib.contextmanager
def namespaces(count):
    """host1, host2 … on one bridge, at 10.99.0.1, 10.99.0.2 …; this machine is 10.99.0.254."""
    ip("link add hosts type bridge")
    try:
        ip("addr add 10.99.0.254/24 dev hosts")
        ip("link set hosts up")
        for number in range(1, count + 1):
            ip(f"netns add host{number}")
            ip(f"link add h{number} type veth peer name eth0 netns host{number}")
            ip(f"link set h{number} master hosts up")
            ip(f"-n host{number} addr add 10.99.0.{number}/24 dev eth0")
            ip(f"-n host{number} link set eth0 up")
            ip(f"-n host{number} link set lo up")
        yield
    finally:
        for number in range(1, count + 1):
            subprocess.run(["ip", "netns", "del", f"host{number}"], check=False)
        ip("link del hosts")


def ip(words):
    subprocess.run(["ip", *words.split()], check=True)


def paced(link, seconds):
    """Touches by one writer, PACE a second."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        touch(link, number)
        number += 1
        time.sleep(1 / PACE)
    return number


def flat_out(writers, seconds):
    """Touches a second by so many writers at once, and the median wait of one in ms."""
    end, counts, waits = time.monotonic() + seconds, [], []

    def write():
        with connect() as link:
            number = 0
            while (begun := time.monotonic()) < end:
                touch(link, number)
                waits.append(time.monotonic() - begun)
                number += 1
            counts.append(number)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / seconds, statistics.median(waits) * 1_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--netns", action="store_true", help="each host in a network namespace; as root")
    parser.add_argument("--as-host", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.as_host:
        as_host()
        return
    with namespaces(max(asked.hosts)) if asked.netns else contextlib.nullcontext():
        measure(asked)


def measure(asked):
    print("hosts | ms CPU a touch: database, a host | touches a second, median ms: one writer, one a host")
    with connect() as link:
        server = first_process(link)
        for count in asked.hosts:
            with hosts(count, asked.netns) as spent:
                before = cpu_of_database(server)
                touches = paced(link, asked.seconds)
                of_database = cpu_of_database(server) - before
            with hosts(count, asked.netns):
                alone, together = flat_out(1, asked.seconds / 2), flat_out(count, asked.seconds / 2)
            each = statistics.mean(spent) / touches * 1_000
            print(
                f"{count} | {of_database / touches * 1_000:.2f}, {each:.2f} | "
                f"{alone[0]:.0f}, {alone[1]:.1f}; {together[0]:.0f}, {together[1]:.1f}"
            )


if __name__ == "__main__":
    main()
