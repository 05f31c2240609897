"""Servers beside the database: nginx with a certificate that ended, a bucket, one that takes mail, names of hosts."""

import contextlib
import pathlib
import socket

from articles.tests.real_servers import Nginx, bucket, certificate, free_port, trusting

from . import newsrooms
from .fault import Fault

KEYS = {"AWS_ACCESS_KEY_ID": "kunci", "AWS_SECRET_ACCESS_KEY": "rahasia"}
SLOW = 500  # connections


class Certificate(Fault, name="certificate"):
    """Browsers trust both certificates; the second one has ended."""

    says, database = "the certificate of nginx ends, and a new one comes", "sqlite"

    @contextlib.contextmanager
    def scene(self):
        with super().scene() as newsroom:
            self.folder = newsroom.folder.parent / "nginx"
            self.folder.mkdir()
            good, ended = (certificate(self.folder, newsrooms.HOST, days) for days in (30, -1))
            self.good, self.ended = good, ended
            self.current = tuple(self.folder / name for name in ("current.pem", "current.key"))
            self.use(good)
            newsroom.secure = trusting(good[0])
            newsroom.secure.load_verify_locations(str(ended[0]))
            with Nginx(self.folder, newsroom.port, newsrooms.HOST, certificate=self.current) as self.nginx:
                newsroom.front = self.nginx.port
                yield newsroom

    grace, beacons = 2, False  # nginx keeps pages for so long

    def use(self, pair):
        for file, current in zip(pair, self.current, strict=True):
            current.write_bytes(pathlib.Path(file).read_bytes())

    def begin(self):
        self.use(self.ended)
        self.nginx.reload()

    def end(self):
        self.use(self.good)
        self.nginx.reload()


class Bucket(Fault, name="bucket"):
    """Photos that a worker has not made yet cannot be shown; stories can."""

    says, database = "the bucket of the photos does not answer", "sqlite"

    @contextlib.contextmanager
    def scene(self):
        self.port = free_port()
        with super().scene() as newsroom, bucket(self.port) as self.bucket:
            making = (
                "from django.core.files.storage import default_storage as s; s.connection.create_bucket(Bucket='foto')"
            )
            newsroom.manage("shell", "-c", making)
            yield newsroom

    def environ(self, var):
        return KEYS | {"MEDIA_STORAGE": f"s3://foto?endpoint_url=http://127.0.0.1:{self.port}&region_name=us-east-1"}

    def begin(self):
        self.bucket.stop()

    def end(self):
        self.bucket.start()


class SlowConnections(Fault, name="slow-connections"):
    says, database = f"{SLOW} connections that send half a request and wait, straight to `serve`", "sqlite"

    def begin(self):
        head = f"GET / HTTP/1.1\r\nHost: {newsrooms.HOST}\r\n".encode()
        self.links = [socket.create_connection(("127.0.0.1", self.newsroom.front), timeout=5) for _ in range(SLOW)]
        for link in self.links:
            link.sendall(head)

    def end(self):
        for link in self.links:
            link.close()


class SlowBehindNginx(SlowConnections, name="slow-connections-nginx"):
    says, grace = f"{SLOW} connections that send half a request and wait, to nginx", 2
    beacons = False

    @contextlib.contextmanager
    def scene(self):
        with super().scene() as newsroom:
            self.nginx = Nginx(newsroom.folder.parent / "nginx", newsroom.port, newsrooms.HOST)
            self.nginx.start()
            newsroom.front = self.nginx.port
            try:
                yield newsroom
            finally:
                self.nginx.stop()


class Names(Fault, name="dns"):
    """DATABASE_URL has a name, told by an /etc/hosts of the newsroom's own; it is taken out, and the database closes
    all connections, so that new ones need the name."""

    says = "the name of the database's host is not found, and its connections are closed"

    @contextlib.contextmanager
    def scene(self):
        with newsrooms.copied("postgresql") as (var, folder):
            from articles.tests.real_servers import Postgres

            self.postgres = Postgres(folder)
            self.postgres.start()
            self.hosts = var.parent / "hosts"
            self.known("127.0.0.1 basisdata.newsroom localhost\n")
            address = self.postgres.address.replace("127.0.0.1", "basisdata.newsroom")
            before = ["unshare", "--mount", "sh", "-c", f'mount --bind {self.hosts} /etc/hosts && exec "$@"', "sh"]
            self.newsroom = newsrooms.Newsroom(var, before=before, DATABASE_URL=address)
            try:
                yield self.newsroom
            finally:
                self.postgres.stop()

    def known(self, text):
        with self.hosts.open("r+" if self.hosts.exists() else "w") as file:  # the same file: it is mounted
            file.truncate()
            file.write(text)

    def begin(self):
        import psycopg

        self.known("127.0.0.1 localhost\n")
        with psycopg.connect(self.postgres.address, autocommit=True) as link:
            link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def end(self):
        self.known("127.0.0.1 basisdata.newsroom localhost\n")
