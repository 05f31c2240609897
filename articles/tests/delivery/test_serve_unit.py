"""The systemd units of deploy/ are read by systemd; the worker of mail lives and ends with the server."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from articles.management.commands import serve

UNITS = sorted((settings.ROOT / "deploy" / "systemd").iterdir())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_fault_with_a_unit(tmp_path, unit):
    if not shutil.which("systemd-analyze"):
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no systemd-analyze on this machine")
    for other in UNITS:  # a timer names its service
        text = other.read_text().replace("/srv/newsroom/.venv/bin/python", str(pathlib.Path(sys.executable).resolve()))
        (tmp_path / other.name).write_text(text.replace("User=newsroom", f"User={os.getuid()}"))
    told = analyse("verify", "--man=no", str(tmp_path / unit.name))
    assert unit.name not in told.stderr, told.stderr
    assert told.returncode == 0, told.stderr
    if unit.suffix == ".service":
        told = analyse("security", "--offline=yes", "--threshold=20", str(tmp_path / unit.name))
        assert told.returncode == 0, told.stdout


def analyse(*words):
    return subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True)


def test_what_must_run_is_started_again_and_a_unit_may_write_where_its_work_is_only():
    for unit in (unit for unit in UNITS if unit.suffix == ".service"):
        text = unit.read_text()
        where = "/srv/newsroom/var /backup" if "manage.py backup" in text else "/srv/newsroom/var"
        assert re.findall(r"(?m)^ReadWritePaths=(.*)$", text) == [where], unit.name
        assert ("Restart=always" in text) != ("Type=oneshot" in text), unit.name


def test_a_worker_runs_beside_the_server_and_ends_with_it_even_if_it_fails(monkeypatch):
    begun = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda command: begun.append(popen(["sleep", "60"])) or begun[-1])
    with contextlib.suppress(RuntimeError), serve.working(True):
        assert begun[0].poll() is None
        raise RuntimeError
    assert begun[0].poll() is not None


def test_without_mail_no_worker_runs(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    with serve.working(False):
        pass
