"""README and docs/ name only what exists: rules, links, files, modules, commands."""

import importlib.util
import os
import re

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.ROOT
LEFT_OUT = {".git", ".venv", "var", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PAGES_OF_TODAY = [page for page in PAGES if page.name != "CHANGELOG.md"]  # which tells of files that are gone
# Files that the project writes, and does not hold.
IN_A_BACKUP = {"media/", "originals/", "takeout.json", "manifest.json"}
IN_AN_EXPORT = {"export.json", "404.html", "index.html"}
ENDINGS = r"(?:py|md|html|css|js|json|toml|txt|po|xml|webp)"
PATH = re.compile(rf"(?!/|var/)[\w.@*-]+(?:/[\w.@*-]+)*(?:/|\.{ENDINGS})")
MODULE = re.compile(r"(?:articles|newsroom)(?:\.[a-z_]\w*)+")
CITED = re.compile(r"rules\.md ([A-Z]\d{1,2}(?:(?:, |–| and )[A-Z]\d{1,2})*)|\(([ACDFIJNPTW]1?\d)\)")


def words(page):
    """The text of a page without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```$|^    .*?$", "", page.read_text())


def in_backticks(page):
    return re.findall(r"`([^`\n]+)`", words(page))


def every_path():
    """Each file and folder of the project, as "/articles/body.py" and "/articles/tests/"."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        here = "/" + os.path.relpath(folder, ROOT).removeprefix(".").lstrip("/")
        here = here.rstrip("/") + "/"
        yield here
        yield from (here + name for name in names)


def spread(labels):
    """D8, D9 and D10 for "D8–D10"."""
    for part in re.split(r", | and ", labels):
        first, _, last = part.partition("–")
        for number in range(int(first[1:]), int((last or first)[1:]) + 1):
            yield first[0] + str(number)


def rules():
    headed = re.findall(r"(?m)^- \*\*([^*]+)\*\*", (ROOT / "docs" / "rules.md").read_text())
    return {label for labels in headed for label in spread(labels)}


def fragments(page):
    """The anchors that headings of a page get."""
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text())
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named(page):
    return f"{page.relative_to(ROOT)}"


def test_every_rule_that_is_cited_can_be_read():
    known, missing = rules(), []
    for path in (path for folder in ("articles", "templates", "static") for path in (ROOT / folder).rglob("*")):
        if path.suffix in {".py", ".html", ".js", ".css"} and path.name != "test_docs.py":
            for cited in CITED.finditer(path.read_text()):
                missing += [f"{named(path)}: {label}" for label in spread(cited[1] or cited[2]) if label not in known]
    assert not missing, "\n".join(["Cited, and not in docs/rules.md:", *missing])


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    broken = []
    for address, fragment in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)#?([^)\s]*)\)", words(page)):
        target = page.parent / address if address else page
        if not target.exists() or (fragment and fragment not in fragments(target)):
            broken.append(f"{address}#{fragment}")
    assert not broken, f"{named(page)} leads to nothing: {broken}"


@pytest.mark.parametrize("page", PAGES_OF_TODAY, ids=named)
def test_every_file_and_module_that_is_named_exists(page):
    known, missing = list(every_path()), []
    for name in in_backticks(page):
        if PATH.fullmatch(name) and name not in IN_A_BACKUP | IN_AN_EXPORT:
            ends = re.compile(f".*/{re.escape(name).replace(re.escape('*'), '[^/]*')}")
            missing += [] if any(ends.fullmatch(path) for path in known) else [name]
        elif MODULE.fullmatch(name.partition(":")[0]):
            missing += [] if is_module(name.partition(":")[0]) else [name]
    assert not missing, f"{named(page)} names what does not exist: {missing}"


def is_module(name):
    """Whether it is a module, or a name within one."""
    try:
        return bool(importlib.util.find_spec(name)) or is_in_module(name)
    except ModuleNotFoundError:
        return is_in_module(name)


def is_in_module(name):
    module, _, attribute = name.rpartition(".")
    return hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_that_is_named_exists(page):
    missing = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text())) - set(get_commands())
    assert not missing, f"{named(page)} names commands that do not exist: {missing}"


def test_every_line_of_the_log_that_operators_watch_for_is_written():
    lines = re.findall(r"(?m)^\| `([A-Z][^`]+)` \|", (ROOT / "docs" / "operating.md").read_text())
    sources = [path for path in (ROOT / "articles").rglob("*.py") if "tests" not in path.parts]
    source = "\n".join(path.read_text() for path in sources)
    missing = [line for line in lines if not re.search(re.escape(line).replace("…", "%s.*"), source)]
    assert lines, "docs/operating.md has no table of such lines any more"
    assert not missing, f"No code writes these lines of docs/operating.md: {missing}"
