"""Nothing imports upwards: README's table "Where things are" is the order of the imports."""

import ast
import re

from django.conf import settings

ROOT = settings.ROOT
ROW = re.compile(r"(?m)^\| (\d+) \| ([^|]+) \|")
APART = {"__init__.py", "__pycache__", "locale", "migrations", "tests"}  # no floor: the route, words, history, tests


def floors():
    """{room: floor} by the README; a room is a folder or module of articles/, or newsroom."""
    table = {}
    for floor, paths in ROW.findall((ROOT / "README.md").read_text()):
        for path in re.findall(r"`([^`]+)`", paths):
            table[path.removeprefix("articles/").rstrip("/").removesuffix(".py")] = int(floor)
    return table


def files():
    """(path from the root without its ending, source) of each module that stands on a floor."""
    for path in [*ROOT.glob("articles/**/*.py"), *ROOT.glob("newsroom/**/*.py")]:
        parts = path.relative_to(ROOT).parts
        if len(parts) < 2 or parts[1] not in APART:
            yield path.relative_to(ROOT).with_suffix(""), path.read_text()


def imported(path, source):
    """The dotted names that a module imports, wherever in it: articles.models.story, articles.models.story.Story."""
    package = path.parts[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def room(parts):
    return parts[1] if parts[0] == "articles" and len(parts) > 1 else parts[0]


def test_every_room_has_a_floor():
    rooms = {path.name.removesuffix(".py") for path in (ROOT / "articles").iterdir() if path.name not in APART}
    assert rooms | {"newsroom"} == set(floors())


def test_no_module_imports_from_its_own_floor_or_above():
    table, upwards = floors(), []
    for path, source in files():
        here = room(path.parts)
        for name in imported(path, source):
            there = room(name.split("."))
            if there in table and there != here and table[there] >= table[here]:
                upwards.append(f"{path}.py imports {name}: floor {table[here]} from floor {table[there]}")
    assert not upwards, "\n".join(upwards)
