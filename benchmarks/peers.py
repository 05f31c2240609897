"""The peers of the shared folder's bench/, started and stopped for a comparison."""

import contextlib
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
from typing import NamedTuple

BENCH = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "bench"


class Peer(NamedTuple):
    """One of bench/peers/. `mode`: what its start.sh takes after the port; `pids`: its files of process ids."""

    name: str
    folder: str
    mode: str
    pids: list[str]
    environ: dict[str, str] = {}


HELD = [
    Peer("nginx-static", "static", "", ["run/nginx.pid"]),
    Peer("wagtail-memory", "wagtail", "cached", ["pid"], {"PEER_CACHE": "locmem"}),
    Peer("wordpress-nginx", "wordpress", "cached", ["run/nginx.pid", "run/php-fpm.pid", "run/mariadbd.pid"]),
]
COLD = [
    Peer("wagtail", "wagtail", "", ["pid"]),
    Peer("ghost", "ghost", "", ["pid", "db.pid"]),
    Peer("wordpress", "wordpress", "", ["run/nginx.pid", "run/php-fpm.pid", "run/mariadbd.pid"]),
]


@contextlib.contextmanager
def running(peers, folder):
    """Starts those that are set up in folders of their names under `folder`. Yields what compare.py takes."""
    sites = []
    with contextlib.ExitStack() as ends:
        for peer in peers:
            place = pathlib.Path(folder, peer.folder).resolve() if folder else None
            if place is None or not place.is_dir():
                print(f"{peer.name} is left out: it is not set up.")
                continue
            scripts = BENCH / "peers" / peer.folder
            port = free_port()
            command = [str(scripts / "start.sh"), str(place), str(port), *peer.mode.split()]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | peer.environ)
            ends.callback(subprocess.run, [str(scripts / "stop.sh"), str(place)], stdout=subprocess.DEVNULL)
            pids = ",".join((place / file).read_text().strip() for file in peer.pids)
            sites.append(f"{peer.name}=http://127.0.0.1:{port}:{place / 'urls.txt'}:{pids}")
        yield sites


def compared(sites, kinds, seconds, rounds):
    """{kind: {name: {"rps": …, "cpu_us": …}}}, medians of rounds taken in turn; prints compare.py's own table."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as told:
        command = [sys.executable, str(BENCH / "compare.py"), *sites, "--kinds", kinds, "--json", told.name]
        subprocess.run([*command, "--seconds", str(seconds), "--rounds", str(rounds)], check=True)
        figures = json.load(told)
    return {
        kind: {
            name: {what: statistics.median(each[what] for each in of_rounds) for what in of_rounds[0]}
            for name, of_rounds in by_site.items()
        }
        for kind, by_site in figures.items()
    }


def print_ratios(figures, ours="ours"):
    """Ours ÷ each of the others, by requests a second and by CPU a request."""
    for kind, by_site in figures.items():
        for name, other in by_site.items():
            if name != ours:
                more, cpu = (by_site[ours][what] / other[what] for what in ("rps", "cpu_us"))
                print(f"{kind}: {more:.2f} × the requests of {name}, {cpu:.2f} × its CPU")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
