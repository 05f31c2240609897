"""Servers that a newsroom stands on, on private ports of this machine: PostgreSQL, nginx, a bucket.

Tests use them, and benchmarks/faults.py, which breaks them. Django need not be set up here.
"""

import contextlib
import glob
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Missing(Exception):
    """This machine has not the program."""


def free_port(host="127.0.0.1"):
    with socket.create_server((host, 0)) as found:
        return found.getsockname()[1]


def listens(port, host="127.0.0.1"):
    with socket.socket() as knock:
        return knock.connect_ex((host, port)) == 0


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


class Postgres:
    """A PostgreSQL server of its own in `folder`, which other accounts must be able to enter."""

    def __init__(self, folder, host="127.0.0.1", port=None, before=()):
        self.folder, self.host, self.port, self.before = pathlib.Path(folder), host, port or free_port(), before
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
        if not self.bin:
            raise Missing("no PostgreSQL server on this machine")
        self.address = f"postgres://newsroom@{host}:{self.port}/postgres"
        if not (self.folder / "db").exists():
            self._make()

    def _make(self):
        if not os.getuid():
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-A", "trust", "-U", "newsroom")
        with (self.folder / "db" / "pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\n")

    def run(self, name, *options):
        """As another user where we are root, who may not run it."""
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if not os.getuid() else []
        command = [*self.before, *as_other, f"{self.bin[0]}/{name}", "-D", f"{self.folder}/db", *options]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        told = f"-p {self.port} -c listen_addresses={self.host} -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o", told, "start")

    def stop(self):
        self.run("pg_ctl", "-m", "immediate", "stop")

    @property
    def pid(self):
        return int((self.folder / "db" / "postmaster.pid").read_text().split()[0])

    def signal(self, number):
        """To the server and all of its processes, whatever they are doing."""
        listed = ["ps", "-o", "pid=", "--ppid", str(self.pid)]
        children = subprocess.run(listed, capture_output=True, text=True).stdout.split()
        for process in (self.pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def kill(self):
        pid = self.pid
        self.signal(signal.SIGKILL)
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists())

    def answers(self):
        import psycopg

        try:
            psycopg.connect(self.address, connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True


class Process:
    """A program that listens at `port`, stopped at the end of the block."""

    def __init__(self, command, port, host="127.0.0.1", **more):
        self.command, self.port, self.host, self.more = [*map(str, command)], port, host, more

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *raised):
        self.stop()

    def start(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, **quiet, **self.more)
        if not until(lambda: listens(self.port, self.host), 90):
            self.stop()
            raise RuntimeError(f"{self.command[0]} did not start.")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def bucket(port=None):
    """An S3: moto's server. It keeps what it was sent in memory, so it is empty after a stop."""
    port = port or free_port()
    return Process([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port], port)


class Nginx(Process):
    """nginx with deploy/nginx/newsroom.conf, before a server of ours at the port `behind`.

    `certificate`: (file, key) for HTTPS. `changes`: {text of the file: what stands there instead}.
    """

    def __init__(self, folder, behind, host, *, certificate=None, changes=(), shows_cache=True):
        if not shutil.which("nginx"):
            raise Missing("nginx is not installed")
        self.folder, port = pathlib.Path(folder), free_port()
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "nginx.conf"
        changes = {"gorontalo.example": host, **dict(changes)}
        file.write_text(self._configuration(port, behind, certificate, changes, shows_cache))
        super().__init__(["nginx", "-c", file, "-e", self.folder / "error.log", "-g", "daemon off;"], port)

    def _configuration(self, port, behind, certificate, changes, shows_cache):
        example = example_of_nginx()
        secure = " ssl http2" if certificate else ""
        ours = {
            "listen 443 ssl http2": f"listen 127.0.0.1:{port}{secure}",
            "listen 443 ssl default_server": f"listen 127.0.0.1:{port}{secure} default_server",
            "listen 80 default_server;": "",
            "listen 80;": f"listen unix:{self.folder}/plain;",
            "127.0.0.1:8000": f"127.0.0.1:{behind}",
            "/var/cache/nginx/newsroom": f"{self.folder}/cache",
            "/var/log/nginx/": f"{self.folder}/",
            "/run/nginx-newsroom": f"{self.folder}/nginx",
        }
        if shows_cache:
            ours["server_tokens off;"] = "server_tokens off; add_header X-Cache $upstream_cache_status;"
        for there, here in {**ours, **changes}.items():
            if there not in example:
                raise ValueError(f"deploy/nginx/newsroom.conf does not say: {there}")
            example = example.replace(there, here)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        more = "".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        if certificate:
            more += "ssl_certificate {}; ssl_certificate_key {};".format(*certificate)
        user = "" if os.geteuid() else "user root;"  # or its workers may not enter folders of tests
        alone = f"{user} worker_rlimit_nofile 16384; pid {self.folder}/pid; events {{ worker_connections 4096; }}"
        return f"{alone} http {{ access_log off; {more} {example} }}"

    def reload(self):
        self.process.send_signal(signal.SIGHUP)


def example_of_nginx():
    """The file that operators copy, without its certificates."""
    return re.sub(r"(?m)^ *ssl_.*\n", "", (ROOT / "deploy" / "nginx" / "newsroom.conf").read_text())


def certificate(folder, host, days=30):
    """(file, key) of a certificate that its own key signed; it has ended if `days` is negative."""
    now = time.time()
    begins, ends = (time.strftime("%Y%m%d%H%M%SZ", time.gmtime(now + day * 86400)) for day in (min(days, 0) - 1, days))
    file, key = pathlib.Path(folder) / f"{host}{days}.pem", pathlib.Path(folder) / f"{host}{days}.key"
    made = ["openssl", "ca", "-selfsign", "-batch", "-notext", "-startdate", begins, "-enddate", ends]
    asked = ["openssl", "req", "-new", "-nodes", "-newkey", "rsa:2048", "-subj", f"/CN={host}"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    request, rules = pathlib.Path(folder) / "request.pem", pathlib.Path(folder) / "ca.conf"
    (pathlib.Path(folder) / "index").write_text("")
    rules.write_text(
        f"[ca]\ndefault_ca=own\n[own]\ndatabase={folder}/index\nnew_certs_dir={folder}\nrand_serial=yes\n"
        "default_md=sha256\npolicy=any\nx509_extensions=names\nunique_subject=no\n"
        f"[any]\ncommonName=supplied\n[names]\nsubjectAltName=DNS:{host}\n"
    )
    subprocess.run([*asked, "-keyout", key, "-out", request], **quiet)
    subprocess.run([*made, "-config", rules, "-keyfile", key, "-in", request, "-out", file], **quiet)
    return file, key


def trusting(file):
    """What a browser that trusts this certificate makes of a connection."""
    return ssl.create_default_context(cafile=str(file))
