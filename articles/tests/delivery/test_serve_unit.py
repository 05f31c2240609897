"""The systemd units of the docs are read by systemd; the worker of mail lives and ends with the server."""

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


@pytest.mark.parametrize("page", ["delivery.md", "operating.md"])
def test_systemd_finds_no_fault_with_the_documented_unit(tmp_path, page):
    if not shutil.which("systemd-analyze"):
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no systemd-analyze on this machine")
    docs = (settings.ROOT / "docs" / page).read_text()
    unit = "\n".join(line[4:] for line in re.search(r"(?ms)^    \[Unit\].*?multi-user\.target$", docs)[0].splitlines())
    assert "Restart=always" in unit
    unit = unit.replace("/srv/newsroom/.venv/bin/python", str(pathlib.Path(sys.executable).resolve()))
    file = tmp_path / "newsroom.service"
    file.write_text(unit.replace("User=newsroom", f"User={os.getuid()}"))
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", str(file)], capture_output=True, text=True)
    assert "newsroom.service" not in told.stderr, told.stderr
    assert told.returncode == 0, told.stderr


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
