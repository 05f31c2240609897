"""The exported site behind nginx, as docs/static.md has it, answers as the newsroom does."""

import contextlib
import os
import re
import shutil
import socket
import subprocess

import pytest
from django.conf import settings

from articles import photos
from articles.models import Edition, Photo
from articles.whole_site import walking
from articles.whole_site.asking import There
from articles.whole_site.files import names

from ..servers import until
from .exported import ExportTestCase, ask

pytestmark = pytest.mark.service
# nginx has other words for the same
KINDS = {"text/javascript": "application/javascript", "application/xml": "text/xml"}
KINDS |= {"application/feed+json": "application/json"}


def configuration(folder, site, port):
    docs = (settings.ROOT / "docs" / "static.md").read_text()
    example = re.search(r"(?ms)^    server \{.*?^    \}\n(?=\n)", docs)[0]
    for theirs, here in (("listen 80", f"listen 127.0.0.1:{port}"), ("/srv/export", str(site))):
        assert theirs in example, theirs
        example = example.replace(theirs, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "" if os.geteuid() else "user root;"  # or its workers may not enter the folder of the test
    own = f"include /etc/nginx/mime.types; access_log off; {temporary}"
    return f"{user} pid {folder}/pid; events {{}} http {{ {own} {example} }}"


class ServedTest(ExportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        long = "".join(f"<p>{'Air naik sampai ke jalan. ' * 30}</p>" for _ in range(12))
        cls.paged = cls.story("Banjir panjang", body=long)

    def setUp(self):
        super().setUp()
        assert shutil.which("nginx"), "nginx is not installed"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def serve(self):
        folder = self.folder.parent
        (folder / "nginx.conf").write_text(configuration(folder, self.folder, self.port))
        command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", "daemon off;"]
        nginx = subprocess.Popen(command)
        self.addCleanup(nginx.wait)
        self.addCleanup(nginx.terminate)
        assert until(self.is_there), (folder / "error.log").read_text()

    def is_there(self):
        with contextlib.closing(There(self.port)) as there, contextlib.suppress(OSError):
            return there.ask("http://gorontalo.localhost/").status

    def narrow(self, address):
        """Of pictures only the JPEG of two widths is made, since all of them take a minute."""
        rendition = photos.Rendition.parse(address.rpartition("/")[2])
        if rendition and (rendition.format != "jpg" or rendition.width not in (160, 320)):
            return ask("http://gorontalo.localhost/robots.txt")._replace(status=404)
        return ask(address)

    def test_every_address_is_answered_alike(self):
        self.assertTrue(Photo.objects.exists())
        self.export(asks=self.narrow)
        self.serve()
        hosts, there = walking.hosts(Edition.objects.all()), There(self.port)
        self.addCleanup(there.close)
        wrong, asked = [], 0
        for address, answer in walking.walk(self.narrow, is_wanted=names.is_file):
            if answer.status != 200 or "/search/" in address:
                continue
            asked += 1
            wanted = (
                names.with_links_to_files(address, answer.body, hosts) if answer.kind == "text/html" else answer.body
            )
            found = there.ask(address)
            kind = KINDS.get(answer.kind, answer.kind)
            if (found.status, KINDS.get(found.kind, found.kind), found.body) != (200, kind, wanted):
                wrong.append(f"{address}: {found.status} {found.kind} for {answer.kind}, {found.body == wanted}")
        self.assertEqual(wrong, [])
        self.assertGreater(asked, 50)
        page_2 = there.ask(self.paged.edition.absolute(f"{self.paged.get_absolute_url()}?page=2"))
        self.assertIn(b"Air naik", page_2.body)
        self.assertIn(b"page=2/", there.ask(self.paged.edition.absolute(self.paged.get_absolute_url())).body)
        unknown = there.ask("http://gorontalo.localhost/tidak-ada/")
        self.assertEqual((unknown.status, unknown.kind), (404, "text/html"))
        self.assertIn(b"<h1", unknown.body)
        with_words = there.ask("http://gorontalo.localhost/search/?q=banjir")
        self.assertEqual(with_words.status, 200)
