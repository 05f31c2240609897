"""The folder of a backup: what stands in it, and rows that are changed and sealed again."""

import hashlib
import json

from articles.backup.rows import list_of
from articles.models import AuditEntry

LOG = list_of(AuditEntry)


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def but_for_the_log(folder):
    """Without the audit log, which tells of the backup itself, and without the seal, which holds its hash."""
    return {name: content for name, content in bytes_of(folder).items() if name not in (LOG, "takeout.json")}


def reseal(folder, name, change):
    """Change the first row of a list as somebody would who can make hashes, too."""
    first, *rest = (folder / name).read_text().splitlines()
    content = "".join(f"{line}\n" for line in [json.dumps(change(json.loads(first))), *rest]).encode()
    (folder / name).write_bytes(content)
    seal = json.loads((folder / "takeout.json").read_text())
    seal["lists"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "takeout.json").write_text(json.dumps(seal))
