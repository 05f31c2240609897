"""The tree is that of docs/design.md: imports go down its floors, and no file or folder outgrows its bound."""

import ast
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.ROOT
MODULES_IN_A_FOLDER, OF_TESTS = 20, 40
OF_COMMANDS = 30  # Django looks for all commands of an app in one folder
LINES_IN_A_FILE, LINES_IN_A_FUNCTION = 300, 40
DESIGN = (ROOT / "docs" / "design.md").read_text()


def floors(heading):
    """{room: number of its floor}, as the first block of code after the words `heading` tells it."""
    block = re.search(r"(?:^    floor .*\n)+", DESIGN[DESIGN.index(heading) :], re.M)[0]
    lines = [line.split()[1:] for line in block.splitlines()]
    return {room: int(number) for number, *rooms in lines for room in rooms}


NEWSROOM, WIRE = floors("## The floors"), floors("The wire has floors")


def files():
    """Each Python file of the project by its path from the root, without migrations."""
    for top in ("articles", "newsroom", "benchmarks"):
        yield from (path.relative_to(ROOT) for path in (ROOT / top).rglob("*.py") if "migrations" not in path.parts)


def dotted(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def code():
    """{dotted name: path} of all modules that are no tests."""
    return {dotted(path): path for path in files() if "tests" not in path.parts}


@cache
def imports():
    """{dotted name: those modules of the project that it imports anywhere, within a function too}."""
    return {name: set(_imported(name, path)) - {name} for name, path in code().items()}


@cache
def tree(path):
    return ast.parse((ROOT / path).read_text())


def statements(block):
    """Each statement of a block, and those within it."""
    for statement in block:
        yield statement
        for part in ("body", "orelse", "handlers", "finalbody", "cases"):
            yield from statements(getattr(statement, part, ()))


def _imported(name, path):
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in statements(tree(path).body):
        if isinstance(node, ast.Import):
            yield from (_known(alias.name) for alias in node.names if _known(alias.name))
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from filter(None, (_known(f"{origin}.{alias.name}") for alias in node.names))


def _known(name):
    """The module of the project that a dotted name lies in; empty for other people's modules."""
    while name and name not in code():
        name = name.rpartition(".")[0]
    return name


def room(module):
    """ "wire" for articles.wire.html.blocks, "newsroom" for newsroom.settings, empty for the package itself."""
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] if top == "articles" else top


def wire_room(module):
    """ "html" for articles.wire.html.blocks, empty outside the wire."""
    return module.removeprefix("articles.wire.").partition(".")[0] if module.startswith("articles.wire.") else ""


def arrows(room_of):
    """(module, imported module) where an import leaves a room for another."""
    for module, targets in imports().items():
        for target in targets:
            if room_of(module) and room_of(target) and room_of(module) != room_of(target):
                yield module, target


@pytest.mark.parametrize(("room_of", "floor"), [(room, NEWSROOM), (wire_room, WIRE)], ids=["newsroom", "wire"])
class TestFloors:
    def test_imports_go_down(self, room_of, floor):
        wrong = [f"{a} imports {b}" for a, b in arrows(room_of) if floor[room_of(a)] <= floor[room_of(b)]]
        assert not wrong, f"up, or along: {wrong}"

    def test_every_room_has_a_floor_and_every_floor_its_rooms(self, room_of, floor):
        rooms = {room_of(module) for module in code()} - {""}
        assert rooms == set(floor), f"the floors in docs/design.md: {rooms ^ set(floor)}"


def test_no_circle_of_modules():
    left = {module: set(targets) for module, targets in imports().items()}
    while free := left.keys() - (set().union(*left.values()) & {module for module in left if left[module]}):
        left = {module: targets - free for module, targets in left.items() if module not in free}
    assert not left, f"in a circle: {sorted(left)}"


def test_no_folder_holds_too_many_modules():
    count = Counter(path.parent for path in files() if path.name != "__init__.py")
    most = {folder: OF_TESTS if "tests" in folder.parts else MODULES_IN_A_FOLDER for folder in count}
    most |= {folder: OF_COMMANDS for folder in count if folder.name == "commands"}
    assert not {str(folder): number for folder, number in count.items() if number > most[folder]}


def test_no_file_is_too_long():
    length = {str(path): len((ROOT / path).read_text().splitlines()) for path in files()}
    assert not {path: lines for path, lines in length.items() if lines > LINES_IN_A_FILE}


def test_no_function_is_too_long():
    parts = [(path, part) for path in files() for part in statements(tree(path).body)]
    length = {f"{path}: {p.name}": p.end_lineno - p.lineno + 1 for path, p in parts if isinstance(p, ast.FunctionDef)}
    assert not {name: lines for name, lines in length.items() if lines > LINES_IN_A_FUNCTION}


def test_no_room_holds_a_fifth_of_the_code():
    lines = Counter()
    for module, path in code().items():
        lines[room(module), wire_room(module)] += len((ROOT / path).read_text().splitlines())
    largest, most = lines.most_common(1)[0]
    assert most < sum(lines.values()) / 5, largest


@pytest.mark.parametrize("name", ["articles.models", "articles.views.story", "articles.wire.html.blocks"])
def test_imports_are_seen(name):
    """Else the tests above would pass on nothing."""
    assert imports()[name]


def test_the_readme_lists_the_rooms_from_top_to_bottom():
    rows = re.findall(r"(?m)^\| (\d+) \| ([^|]+) \|", (ROOT / "README.md").read_text())
    listed = [(int(floor), name) for floor, names in rows for name in re.findall(r"`(?:articles/)?(\w+)[^`]*`", names)]
    assert {name: floor for floor, name in listed} == {room: floor for room, floor in NEWSROOM.items() if floor <= 10}
    assert listed == sorted(listed, key=lambda row: -row[0])
