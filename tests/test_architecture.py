"""Who may import whom. A floor imports lower floors only, and files on one floor leave each other alone."""

import ast
from pathlib import Path

import pytest

from tests.books import ROOT

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
MODULES = sorted((ROOT / "aaa").rglob("*.py"))
PAGES = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "dashboard.py"]


def part(path: Path) -> str:
    """Return the name under which a file stands in FLOORS."""
    inside = path.relative_to(ROOT / "aaa").with_suffix("").parts
    return inside[0]


def imports(path: Path) -> set[str]:
    """Return every module that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor(name: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if name in names)


def own(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "aaa" and len(parts) > 1 else None


def test_every_file_has_a_floor() -> None:
    known = {name for names in FLOORS for name in names}
    assert {part(path) for path in MODULES} - {"__init__"} <= known


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    if part(path) == "__init__":
        assert imports(path) == set()
        return
    for target in filter(None, map(own, imports(path))):
        if target == part(path):
            assert part(path) in HELPING, f"{path.name} imports its own floor"
        else:
            assert floor(target) < floor(part(path)), f"{path.name} imports {target}, which is not below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_foreign_library_stays_in_its_room(path: Path) -> None:
    for module in imports(path):
        rooms = OUTSIDE.get(module.split(".")[0])
        assert rooms is None or part(path) in rooms, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_page_tells_a_story(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    docstring = ast.get_docstring(tree)
    assert docstring
    if path.name != "dashboard.py":
        assert docstring.splitlines()[0].endswith("?"), "the docstring of a page is its question"
    assert not {module.split(".")[0] for module in imports(path)} - {"aaa", "streamlit"}
    sums = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add)]
    assert not sums, "arithmetic in a page"
    assert len(path.read_text("utf-8").splitlines()) <= 50


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_refused_stays_out(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    inside_ui = path in PAGES or part(path) == "ui"
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert getattr(node.type, "id", "") not in ("Exception", "BaseException")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("today", "now", "utcnow"):
                assert inside_ui, "the core does not ask the clock"
            if node.func.attr == "fillna" and ast.unparse(node.args[0]) in ("0", "0.0"):
                assert "count" in ast.unparse(node), "what was not counted occurs 0 times; any other unknown is not 0"
            if node.func.attr == "groupby":
                assert any(k.arg == "dropna" for k in node.keywords), ast.unparse(node)
    assert path.stem not in ("utils", "helpers", "common")
