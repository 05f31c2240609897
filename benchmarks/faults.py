"""What readers and editors see while something breaks, what is lost, and how long it takes until all is well again.

    .venv/bin/python benchmarks/faults.py [--only NAME …] [--seconds 10] [--times 1] [--list]

Serves a scratch newsroom on private ports of this machine, with readers, two editors who save, type and have their
copies kept, and devices that tell of reads; breaks something for so many seconds, mends it, and goes on until all was
well for three seconds. Then everything that was answered as stored is looked for. Prints a line of JSON for each fault;
the exit code is 1 if anything was lost, a page was old, or it took longer than two seconds where no process had to
start anew. Needs Debian's postgresql, nginx, gcc and fuse3 with python3-fusepy; networks and disks need root.
"""

import argparse
import json
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent)]

# Each module adds its faults.
from broken import clocks, databases, disks, networks, newsrooms, processes, services  # noqa: E402, F401
from broken.fault import KINDS  # noqa: E402

from articles.tests.real_servers import Missing  # noqa: E402


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="NAME")
    options.add_argument("--seconds", type=float, default=10, help="how long the cause lasts, where it can last")
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--list", action="store_true", help="name the faults, and end")
    given = options.parse_args()
    newsrooms.end_well()
    if given.list:
        print("\n".join(f"{name:20} {kind.says}" for name, kind in KINDS.items()))
        return
    rows = [row for name in given.only for _time in range(given.times) if (row := told(KINDS[name](given.seconds)))]
    sys.exit(not all(row["is well"] for row in rows))


def told(fault):
    try:
        row = fault.run()
    except Missing as error:
        print(json.dumps({"fault": fault.name, "not run": str(error)}), flush=True)
        return None
    print(json.dumps(row, ensure_ascii=False), flush=True)
    return row


if __name__ == "__main__":
    main()
