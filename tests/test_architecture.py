"""Who may import whom: a room imports lower rooms only, and those that it names; and what is
refused everywhere.
"""

import ast
import re
from pathlib import Path

import pytest

from tests import mutants, rooms
from tests.rooms import imported, room
from tests.support import code
from tests.support.books import ROOT
from tests.support.code import MODULES, PAGES

OUTSIDE = {
    "streamlit": {"ui", "server"},
    "starlette": {"server"},
    "icalendar": {"exports"},
    "plotly": {"figures", "exports"},
    "openpyxl": {"workbook", "writing"},
    "lxml": {"writing", "exports"},
    "xlsxwriter": {"writing", "exports"},
    "pptx": {"exports"},
    "PIL": {"exports"},
    "markupsafe": {"exports", "html", "server", "site", "slides", "ui"},
    "requests": {"store"},
    "babel": {"words"},
}
LONGEST_PAGE = 70  # lines
PRIVATE = ROOT / "aaa" / "ui" / "streamlit_private.py"


def test_no_rooms_import_each_other_in_a_circle() -> None:
    assert sum(map(len, rooms.floors())) == len(rooms.arrows())


def test_a_room_imports_what_its_docstring_says() -> None:
    wrong = {
        name: sorted(rooms.told(name)[1] ^ below)
        for name, below in rooms.arrows().items()
        if rooms.told(name)[1] != below
    }
    assert wrong == {}


def test_every_file_stands_in_a_room() -> None:
    assert rooms.loose() == set()


def test_the_picture_of_the_rooms_is_that_of_the_imports() -> None:
    there, as_it_should_be = rooms.drawn()
    assert there == as_it_should_be, "make rooms"


def private(path: Path) -> list[str]:
    """Return what a file names of Streamlit that has no documentation."""
    documented = ("streamlit.components.v2", "streamlit.testing.v1")
    found = [
        module
        for module in sorted(imported(path))
        if module.startswith("streamlit.") and not module.startswith(documented)
    ]
    told = {id(node.value) for node in code.nodes(path) if isinstance(node, ast.Expr)}  # docstrings
    for node in code.nodes(path):
        match node:
            case ast.Attribute(value=ast.Name(id="st"), attr="config" | "runtime" as name):
                found.append(f"st.{name}")
            case ast.Constant(value=str() as words) if id(node) not in told:
                found += re.findall(r"data-test[\w-]*|_stcore\S*|streamlit\.\w+_\w+", words)
    return [f"{code.place(path)} names {name}" for name in found]


def test_no_private_name_of_streamlit_stands_outside_its_module() -> None:
    assert [name for path in [*MODULES, *PAGES] if path != PRIVATE for name in private(path)] == []
    assert len(private(PRIVATE)) > 5


def test_a_foreign_library_stays_in_its_room() -> None:
    wrong = []
    for path in MODULES:
        for module in imported(path):
            of_rooms = OUTSIDE.get(module.split(".")[0])
            if of_rooms is not None and room(path) not in of_rooms:
                wrong.append(f"{code.place(path)} imports {module}")
    assert wrong == []


def test_a_page_tells_a_story() -> None:
    wrong = []
    for path in PAGES:
        question = (ast.get_docstring(code.tree(path)) or "").split("\n")[0]
        if not question.endswith("?"):
            wrong.append(f"{code.place(path)}: the docstring of a page is its question")
        if others := {module.split(".")[0] for module in imported(path)} - {"aaa", "streamlit"}:
            wrong.append(f"{code.place(path)} imports {others}")
        wrong += [
            f"{code.place(path, n)}: arithmetic in a page"
            for n in code.nodes(path)
            if isinstance(n, ast.BinOp) and not isinstance(n.op, ast.Add)
        ]
        if len(code.text(path).splitlines()) > LONGEST_PAGE:
            wrong.append(f"{code.place(path)} is longer than {LONGEST_PAGE} lines")
    assert wrong == []


TAGS = ROOT / "aaa" / "html" / "tags.py"
# HTML that another program made, or a style sheet or script of the project's own
VERBATIM = {
    "aaa/exports/image.py": 1,
    "aaa/exports/report.py": 1,
    "aaa/exports/standalone.py": 3,
    "aaa/server/error_pages.py": 2,
    "aaa/server/prerender.py": 1,
    "aaa/site/building.py": 1,
    "aaa/site/layout.py": 1,
    "aaa/ui/frame.py": 1,
    "aaa/ui/meeting.py": 1,
    "aaa/ui/publishing.py": 1,
    "aaa/ui/style.py": 1,
}


def unescaped(path: Path) -> list[str]:
    """Return where a file says of something itself that it is safe HTML, or shows HTML of which
    nobody said so.
    """
    found = []
    for node in code.nodes(path):
        match node:
            case ast.Call(func=ast.Name(id="Markup"), args=[ast.Constant()]):
                pass  # a constant
            case ast.Call(func=ast.Name(id="Markup"), args=[_, *_]):
                found.append(f"{code.place(path, node)}: Markup")
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="st"), attr="html"), args=[said, *_]
            ):
                if isinstance(said, ast.JoinedStr | ast.BinOp | ast.Constant):
                    found.append(f"{code.place(path, node)}: st.html of a text")
            case ast.JoinedStr(values=[ast.Constant(value=str() as words), *_]):
                if re.match(r"\s*<\w", words) and not _writes_text(path):
                    found.append(f"{code.place(path, node)}: HTML in a text")
    return found


def _writes_text(path: Path) -> bool:
    """Tell whether a file has markup that is no HTML of ours: XML, and Streamlit's own page."""
    return room(path) in ("workbook", "writing") or path.name == "shell.py"


def test_html_is_escaped_by_its_type() -> None:
    assert [one for path in [*MODULES, *PAGES] if path != TAGS for one in unescaped(path)] == []
    assert len(unescaped(TAGS)) >= 5
    verbatim = {
        code.place(path): sum(
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "verbatim"
            for node in code.nodes(path)
        )
        for path in MODULES
        if path != TAGS
    }
    assert {place: count for place, count in verbatim.items() if count} == VERBATIM


def refused(path: Path, node: ast.AST) -> str | None:
    """Return what a node of a file is refused for."""
    if isinstance(node, ast.ExceptHandler) and getattr(
        node.type, "id", "BaseException" if node.type is None else ""
    ) in ("Exception", "BaseException"):
        return "an exception of any kind is caught"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        if name in ("today", "now", "utcnow") and not (
            path in PAGES or room(path) in ("ui", "server")
        ):
            return "the core does not ask the clock"
        if (
            name == "fillna"
            and ast.unparse(node.args[0]) in ("0", "0.0")
            and "count" not in ast.unparse(node)
        ):
            return "what was not counted occurs 0 times; any other unknown is not 0"
        if name == "groupby" and not any(keyword.arg == "dropna" for keyword in node.keywords):
            return "a group without dropna"
    return None


def test_what_is_refused_stays_out() -> None:
    paths = [*MODULES, *PAGES]
    found = [
        f"{code.place(path, node)}: {why}"
        for path in paths
        for node in code.nodes(path)
        if (why := refused(path, node))
    ]
    assert (
        found + [code.place(path) for path in paths if path.stem in ("utils", "helpers", "common")]
        == []
    )


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
    assert [
        found for node in ast.walk(ast.parse(text)) if (found := refused(MODULES[0], node))
    ] == [why]


def test_every_file_that_the_documents_name_is_there() -> None:
    documents = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "deploy").rglob("*"),
        ROOT / "benchmarks" / "README.md",
    ]
    named = {
        (document.name, path)
        for document in documents
        if document.is_file() and document.name != "CHANGELOG.md"
        for path in re.findall(
            r"\b((?:aaa|tests|pages|docs|deploy|benchmarks)/[\w./-]+\.(?:py|po|css|js|toml|md|conf))\b",
            document.read_text("utf-8"),
        )
    }
    assert len(named) > 40
    assert (
        sorted(f"{document}: {path}" for document, path in named if not (ROOT / path).exists())
        == []
    )


def test_every_deliberate_fault_can_be_laid() -> None:
    for fault in mutants.MUTANTS:
        assert (ROOT / fault.path).read_text("utf-8").count(fault.old) == 1, fault.name
        assert all((ROOT / "tests" / name).exists() for name in fault.tests), fault.name
