"""No address that somebody typed or sent is ever asked by the server, and no cell of a spreadsheet leaves it."""

import ast
import socket
from unittest import mock

import pytest
from django.conf import settings
from django.test import SimpleTestCase

from articles.models import FollowLink, Story

from ..cases import ImportTestCase

pytestmark = pytest.mark.wide

CLIENTS = {
    "aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "telnetlib",
    "urllib.request", "urllib3", "xmlrpc.client",
}  # fmt: skip
MAY_ASK = {  # commands of whoever runs the server, which no request reaches
    "articles/health/front.py",  # `doctor` asks the public hosts of the operator's own newsroom
    "articles/health/set_up.py",  # `doctor` asks the operator's own bucket whether strangers can read it
    "articles/management/commands/compare_site.py",
    "articles/management/commands/restore_drill.py",
    "articles/whole_site/asking.py",  # of these two: every public address of the operator's own newsrooms
}
UNSAFE = {"csv", "dill", "marshal", "openpyxl", "pickle", "shelve", "xlsxwriter"}
INSIDE = ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:5432/", "file:///etc/passwd", "gopher://[::1]/"]
ITEM = """<rss version="2.0"><channel><link>{0}</link><item><guid>u{1}</guid><title>Judul</title><link>{0}</link>
<description>&lt;img src="{0}"&gt;&lt;iframe src="{0}"&gt;&lt;/iframe&gt;</description>
<enclosure url="{0}" type="image/jpeg" length="9"/></item></channel></rss>"""


class ModulesTest(SimpleTestCase):
    def imported(self):
        """(file, module) of every import of ours."""
        for file in [*(settings.ROOT / "articles").rglob("*.py"), *(settings.ROOT / "newsroom").rglob("*.py")]:
            name = str(file.relative_to(settings.ROOT))
            if not name.startswith("articles/tests/"):
                for node in ast.walk(ast.parse(file.read_text())):
                    if isinstance(node, ast.Import):
                        yield from ((name, alias.name) for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and not node.level:
                        yield from ((name, part) for part in [node.module, *_deeper(node)])

    def test_only_commands_of_the_operator_ask_another_server(self):
        asking = {file for file, module in self.imported() if module in CLIENTS}
        self.assertEqual(asking, MAY_ASK, "an address that somebody typed must not lead the server anywhere")

    def test_nothing_writes_a_spreadsheet_or_reads_what_runs(self):
        found = {(file, module) for file, module in self.imported() if module.partition(".")[0] in UNSAFE}
        self.assertEqual(found, set(), "a cell that begins with = or + or @ runs in a spreadsheet: write ' before it")


def _deeper(node):
    return [f"{node.module}.{alias.name}" for alias in node.names]


@pytest.mark.wide
class NothingIsFetchedTest(ImportTestCase):
    def setUp(self):
        super().setUp()
        asked = mock.Mock(side_effect=AssertionError("an address was asked"))
        self.asked = asked
        for name in ("connect", "connect_ex"):
            self.enterContext(mock.patch.object(socket.socket, name, asked))
        self.enterContext(mock.patch("socket.getaddrinfo", asked))

    def test_whatever_address_comes_with_a_wire_file(self):
        for number, address in enumerate(INSIDE):
            looked_at = self.send(ITEM.format(address, number).encode(), name="berita.xml", state="released")
            if looked_at.context.get("sent"):
                self.press(looked_at)
        self.assertTrue(Story.objects.exists())
        self.assertEqual(self.asked.call_count, 0)

    def test_whatever_address_stands_in_a_text_or_a_field(self):
        for address in INSIDE:
            body = f'<p><a href="{address}">a</a></p><figure data-embed="{address}"></figure><img src="{address}">'
            story = self.story("Satu", body=body)
            for path in ("", "?view=text", "ninjs.json", "embed/1/"):
                self.client.get(f"{story.get_absolute_url()}{path}")
            self.client.post(f"/admin/articles/story/{story.pk}/preview/", {"body": body})
            story.delete()
        FollowLink.objects.update(url="https://169.254.169.254/")
        self.page("/")
        self.assertEqual(self.asked.call_count, 0)
