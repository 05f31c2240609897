"""What is typed and not saved leaves the newsroom on no way but a backup."""

import io
import json
import pathlib
import tempfile

from django.core.management import call_command

from articles.backup.takeout.rows import list_of
from articles.models import WorkingCopy

from .copies import CopyTest

SECRET = "Rahasia7391 yang belum disimpan"


class StaysHereTest(CopyTest):
    @classmethod
    def begun(cls):
        return cls.story(tags=[cls.rusia])

    def setUp(self):
        super().setUp()
        self.live = self.naskah
        self.copy = self.kept(fields=self.fields(body=f"<p>{SECRET}</p>", headline=SECRET))

    def test_no_page_feed_or_list_of_readers_has_it(self):
        day = self.live.day
        addresses = [
            self.live.get_absolute_url(), "/", "/latest/", "/popular/", "/feed/", "/sitemap.xml",
            f"/sitemap-{day:%Y-%m}.xml", f"/archive/{day:%Y/%m/%d}/", self.rusia.get_absolute_url(),
            self.nina.get_absolute_url(), self.dunia.get_absolute_url(), "/search/?q=rahasia7391",
        ]  # fmt: skip
        for address in addresses:
            self.assertNotIn("Rahasia7391", self.client.get(address).text.replace("q=rahasia", ""), address)

    def test_no_export_of_the_wire_has_it(self):
        out = io.StringIO()
        call_command("export", "-", "--edition", "gorontalo", stdout=out)
        self.assertIn(str(self.live.uid), out.getvalue())
        self.assertNotIn(SECRET, out.getvalue())

    def test_no_page_of_others_at_the_desk_has_it(self):
        self.client.force_login(self.somebody("chief"))
        for page in ("change", "preview", "peek", "history"):
            self.assertNotIn(SECRET, self.client.get(self.address(page, self.live), follow=True).text, page)
        for address in ("/admin/", "/admin/articles/story/", "/admin/articles/story/?q=rahasia7391"):
            self.assertNotIn(SECRET, self.client.get(address).text, address)

    def test_a_backup_keeps_it(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "cadangan"
            call_command("export", "--all", str(out), verbosity=0, stdout=io.StringIO())
            (row,) = map(json.loads, (out / list_of(WorkingCopy)).read_text().splitlines())
        self.assertEqual((row["uid"], row["story"]), (str(self.copy.uid), [str(self.live.uid)]))
        self.assertIn(["headline", SECRET], row["typed"])
