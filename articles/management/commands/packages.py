"""What others wrote and we install, `manage.py packages`: licences as a table, or a bill of materials (CycloneDX).

The packages are those of requirements.txt; what is told of them stands in their own metadata, so nothing is asked of
anybody. Known weaknesses are another's to know: docs/security.md.
"""

import importlib.metadata
import json
import pathlib
import re
import uuid

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
UNKNOWN = "not installed here"  # a package for another system


class Command(BaseCommand):
    help = "Lists the packages of requirements.txt with their licences, or writes a bill of materials (CycloneDX 1.6)."

    def add_arguments(self, parser):
        parser.add_argument("--bom", metavar="FILE", type=pathlib.Path, help="write the bill of materials there")

    def handle(self, *, bom, **options):
        pins = pinned((settings.ROOT / "requirements.txt").read_text())
        if bom is None:
            for name, version, _hashes in pins:
                self.stdout.write(f"{name:32} {version:14} {licence(name)}")
            return
        try:
            bom.write_text(json.dumps(bill(pins, timezone.now()), indent=2) + "\n")
        except OSError as error:
            raise CommandError(f"{bom} cannot be written: {error}") from error
        self.stderr.write(f"{len(pins)} packages: {bom}")


def pinned(text):
    """[(name, version, hashes)] of a file of requirements."""
    found = []
    for line in text.splitlines():
        if pin := _PIN.match(line):
            found.append((_plain(pin[1]), pin[2], []))
        elif found:
            found[-1][2].extend(_HASH.findall(line))
    return found


def licence(name):
    """In the words of the package: its SPDX expression, else its classifiers, else the first line that it says."""
    told = _metadata(name)
    if told is None:
        return UNKNOWN
    short = told.get("License", "")
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    return told.get("License-Expression") or "; ".join(classes) or short.partition("\n")[0]


def bill(pins, at):
    """A CycloneDX document."""
    refs = {name: f"pkg:pypi/{name}@{version}" for name, version, _hashes in pins}
    ours = {"type": "application", "bom-ref": "newsroom", "name": "newsroom", "version": _own_version()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {"timestamp": f"{at:%Y-%m-%dT%H:%M:%SZ}", "component": ours},
        "components": [_component(name, version, hashes, refs[name]) for name, version, hashes in pins],
        "dependencies": [
            {"ref": "newsroom", "dependsOn": list(refs.values())},
            *({"ref": ref, "dependsOn": [refs[other] for other in _needs(name) if other in refs]}
              for name, ref in refs.items()),
        ],
    }  # fmt: skip


def _component(name, version, hashes, ref):
    told = licence(name)
    is_spdx = told != UNKNOWN and "License-Expression" in _metadata(name)
    by = {"expression": told} if is_spdx else {"license": {"name": told}}
    component = {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": ref}
    if told and told != UNKNOWN:
        component["licenses"] = [by]
    return component | {"hashes": [{"alg": "SHA-256", "content": one} for one in hashes]}


def _needs(name):
    """Names of what a package asks for without an extra."""
    told = _metadata(name)
    asked = told.get_all("Requires-Dist", []) if told else []
    return sorted({_plain(_NAME.match(line)[0]) for line in asked if "extra ==" not in line})


def _metadata(name):
    try:
        return importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _own_version():
    return re.search(r'(?m)^version = "([^"]+)"', (settings.ROOT / "pyproject.toml").read_text())[1]
