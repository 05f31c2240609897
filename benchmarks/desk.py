"""What the desk costs at any size: CPU and queries of each page, for each role.

    .venv/bin/python benchmarks/desk.py [--stories 1000 10000 200000] [--only PATTERN …] [--times 9]

Makes a desk of each size once, with 10,000 assignments, and keeps it: on SQLite under var/desk/, or, where
DATABASE_URL names a PostgreSQL, in databases beside that one, whose names end in _desk_1000 and so on. Migrations that
came later are applied. Each page is asked through Django's test client in this process. Printed are the median of CPU
milliseconds (on PostgreSQL with those of its process on this machine), the queries beside those of the sign-in, the
limits, and the CPU at the largest size divided by that at the smallest. "!" marks what is over a limit.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TWICE = 2  # of the cost at the smallest size


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stories", nargs="+", type=int, default=[1_000, 10_000, 200_000], metavar="COUNT")
    options.add_argument(
        "--only", nargs="+", default=["*"], metavar="PATTERN", help='pages, as "chief: *" or "*: home"'
    )
    options.add_argument("--times", type=int, default=9)
    options.add_argument("--here", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.here:
        import desk_pages

        return print(json.dumps(desk_pages.measure(given.here, given.only, given.times)))
    by_size = {count: measured(count, given) for count in sorted(given.stories)}
    print_table(by_size)


def measured(count, given):
    """{"role: page": {"cpu": milliseconds, "queries": n, "most_cpu": …, "most_queries": …}}, by another process."""
    command = [sys.executable, __file__, "--here", str(count), "--only", *given.only, "--times", str(given.times)]
    told = subprocess.run(command, cwd=ROOT, env=os.environ, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)


def print_table(by_size):
    print(f"{'ms CPU / queries':46}" + "".join(f"{size:>15,}" for size in by_size) + f"{'limit':>12}{'÷':>7}")
    rows = [(name, [figures.get(name) for figures in by_size.values()]) for name in by_size[max(by_size)]]
    over = sum(print_row(name, figures) for name, figures in rows)
    print(f"{over} of {len(rows)} are over a limit.")


def print_row(name, figures):
    """Returns whether it is over a limit. A figure is None where a desk of that size has no such page."""
    cells = "".join(f"{one['cpu']:9.1f} /{one['queries']:4}" if one else f"{'–':>15}" for one in figures)
    known = [one for one in figures if one]
    most_cpu, most_queries, ratio = known[0]["most_cpu"], known[0]["most_queries"], known[-1]["cpu"] / known[0]["cpu"]
    is_over = ratio > TWICE or any(one["cpu"] > most_cpu or one["queries"] > most_queries for one in known)
    print(f"{name:46}{cells}{most_cpu:7} /{most_queries:3}{ratio:7.2f} {'!' * is_over}")
    return is_over


if __name__ == "__main__":
    main()
