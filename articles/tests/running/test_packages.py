"""What others wrote: every package has a licence that lets us send it on, a hash, and an entry in the bill."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase

from articles.management.commands import packages

FREE = re.compile(r"MIT|BSD|Apache|PSF|Python|ISC|LGPL|MPL|OFL|HPND|Unlicense|Zlib", re.IGNORECASE)
STRONG = re.compile(r"\b(A?GPL)\b|Affero|(?<!Lesser )General Public", re.IGNORECASE)
LAST = re.compile(r"(?m)^\| ([a-z0-9, -]+) \| 20\d\d \|")  # what docs/security.md argues for


class PackagesTest(SimpleTestCase):
    def setUp(self):
        self.pins = packages.pinned((settings.ROOT / "requirements.txt").read_text())

    def test_each_is_pinned_with_a_hash(self):
        self.assertGreater(len(self.pins), 25)
        self.assertEqual([name for name, _version, hashes in self.pins if not hashes], [])

    def test_each_has_a_licence_that_lets_us_send_it_on(self):
        told = {name: packages.licence(name) for name, _version, _hashes in self.pins}
        wrong = {
            name: words
            for name, words in told.items()
            if words != packages.UNKNOWN and (not FREE.search(words) or STRONG.search(words))
        }
        self.assertEqual(wrong, {})
        self.assertLess(list(told.values()).count(packages.UNKNOWN), 5)

    def test_the_bill_of_materials_is_cyclonedx(self):
        bill = json.loads(json.dumps(packages.bill(self.pins, datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))))
        self.assertEqual((bill["bomFormat"], bill["specVersion"]), ("CycloneDX", "1.6"))
        refs = {part["bom-ref"] for part in bill["components"]}
        self.assertEqual(len(refs), len(self.pins))
        for part in bill["components"]:
            self.assertRegex(part["purl"], r"^pkg:pypi/[a-z0-9-]+@\S+$")
        asked = {entry["ref"]: entry["dependsOn"] for entry in bill["dependencies"]}
        self.assertEqual(set(asked), {*refs, "newsroom"})
        django = next(ref for ref in refs if ref.startswith("pkg:pypi/django@"))
        self.assertTrue([ref for ref in asked[django] if "asgiref" in ref])

    def test_the_documented_audit_ends_badly_where_it_could_ask_nobody(self):
        told = (settings.ROOT / "docs" / "security.md").read_text()
        self.assertEqual(set(re.findall(r"uvx pip-audit -r.*--(\S+)", told)), {"strict"})

    def test_a_package_that_is_argued_for_is_still_there(self):
        argued = LAST.findall((settings.ROOT / "docs" / "security.md").read_text())
        self.assertTrue(argued)
        self.assertEqual(
            {name for line in argued for name in line.split(", ")} - {name for name, *_rest in self.pins}, set()
        )


def test_the_command_writes_it(tmp_path, capsys):
    call_command("packages", bom=tmp_path / "bom.json")
    assert json.loads((tmp_path / "bom.json").read_text())["components"]
    call_command("packages")
    assert re.search(r"(?m)^django +6\.1\S* +BSD-3-Clause$", capsys.readouterr().out)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(Exception, match="cannot be written"):
        call_command("packages", bom=tmp_path / "none" / "bom.json")
