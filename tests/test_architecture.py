"""Who may import whom. A floor imports lower floors only, and files on one floor leave each other alone."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.support import code
from tests.support.books import ROOT
from tests.support.code import MODULES, PAGES

# From the ground up. A package stands for all its files; within HELPING the files may help each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("names", "schema", "finding", "texts", "gate"),
    ("period", "contents", "package", "versions", "matching"),
    ("reader", "register", "formatting", "writer", "origin", "spreadsheet"),
    ("convert",),
    ("tables",),
    ("validation",),
    ("programme",),
    ("source", "selection", "changes"),
    ("wording",),
    ("metrics", "sentences", "history"),
    ("completeness",),
    ("figures", "summary", "mark", "publish", "next_year"),
    ("slides",),
    ("exports",),
    ("site",),
    ("ui", "cli"),
    ("__main__",),
)
HELPING = {"exports", "figures", "site", "slides", "ui"}
OUTSIDE = {
    "streamlit": {"ui"},
    "starlette": {"ui"},
    "icalendar": {"exports"},
    "plotly": {"figures", "exports"},
    "openpyxl": {"reader", "spreadsheet"},
    "lxml": {"spreadsheet", "mark", "exports"},
    "xlsxwriter": {"writer", "exports"},
    "pptx": {"exports"},
    "PIL": {"exports"},
    "requests": {"origin"},
    "babel": {"texts", "formatting"},
}


def part(path: Path) -> str:
    """Return the name under which a file stands in FLOORS."""
    inside = path.relative_to(ROOT / "aaa").with_suffix("").parts
    return inside[0]


@cache
def imports(path: Path) -> frozenset[str]:
    """Return every module that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in code.nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if name in names)


def own(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "aaa" and len(parts) > 1 else None


def test_every_file_has_a_floor() -> None:
    known = {name for names in FLOORS for name in names}
    assert {part(path) for path in MODULES} - {"__init__"} <= known


def test_imports_point_down() -> None:
    wrong = []
    for path in MODULES:
        if part(path) == "__init__":
            wrong += [f"{code.place(path)} imports {module}" for module in imports(path)]
            continue
        for target in filter(None, map(own, imports(path))):
            helps = target == part(path) and part(path) in HELPING
            if not helps and floor(target) >= floor(part(path)):
                wrong.append(f"{code.place(path)} imports {target}, which is not below it")
    assert wrong == []


def test_a_foreign_library_stays_in_its_room() -> None:
    wrong = []
    for path in MODULES:
        for module in imports(path):
            rooms = OUTSIDE.get(module.split(".")[0])
            if rooms is not None and part(path) not in rooms:
                wrong.append(f"{code.place(path)} imports {module}")
    assert wrong == []


def test_a_page_tells_a_story() -> None:
    wrong = []
    for path in PAGES:
        question = (ast.get_docstring(code.tree(path)) or "").split("\n")[0]
        if not question or (path.name != "dashboard.py" and not question.endswith("?")):
            wrong.append(f"{code.place(path)}: the docstring of a page is its question")
        if others := {module.split(".")[0] for module in imports(path)} - {"aaa", "streamlit"}:
            wrong.append(f"{code.place(path)} imports {others}")
        wrong += [f"{code.place(path, n)}: arithmetic in a page" for n in code.nodes(path) if isinstance(n, ast.BinOp) and not isinstance(n.op, ast.Add)]
        if len(code.text(path).splitlines()) > 50:
            wrong.append(f"{code.place(path)} is longer than 50 lines")
    assert wrong == []


def refused(path: Path, node: ast.AST) -> str | None:
    """Return what a node of a file is refused for."""
    if isinstance(node, ast.ExceptHandler) and getattr(node.type, "id", "BaseException" if node.type is None else "") in ("Exception", "BaseException"):
        return "an exception of any kind is caught"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        if name in ("today", "now", "utcnow") and not (path in PAGES or part(path) == "ui"):
            return "the core does not ask the clock"
        if name == "fillna" and ast.unparse(node.args[0]) in ("0", "0.0") and "count" not in ast.unparse(node):
            return "what was not counted occurs 0 times; any other unknown is not 0"
        if name == "groupby" and not any(keyword.arg == "dropna" for keyword in node.keywords):
            return "a group without dropna"
    return None


def test_what_is_refused_stays_out() -> None:
    paths = [*MODULES, *PAGES]
    found = [f"{code.place(path, node)}: {why}" for path in paths for node in code.nodes(path) if (why := refused(path, node))]
    assert found + [code.place(path) for path in paths if path.stem in ("utils", "helpers", "common")] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("try:\n    pass\nexcept Exception:\n    pass", "an exception of any kind is caught"),
        ("try:\n    pass\nexcept:\n    pass", "an exception of any kind is caught"),
        ("dt.date.today()", "the core does not ask the clock"),
        ("frame.fillna(0)", "what was not counted occurs 0 times; any other unknown is not 0"),
        ("frame.groupby('a')", "a group without dropna"),
    ],
)
def test_what_is_refused_would_be_found(text: str, why: str) -> None:
    assert [found for node in ast.walk(ast.parse(text)) if (found := refused(MODULES[0], node))] == [why]
