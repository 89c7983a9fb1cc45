"""Draw the rooms of the program from its imports: `python -m tests.rooms`, or `make rooms`, writes
the picture into CONTRIBUTING.md.

A room is a folder of `aaa/`, or the command line beside them. It stands one floor above the highest
room that it imports. What a room may import stands in the docstring of its `__init__.py`;
`tests/test_architecture.py` compares.
"""

import ast
import re
import sys
from functools import cache
from pathlib import Path

from tests.support import code
from tests.support.books import ROOT
from tests.support.code import MODULES

COMMAND_LINE = "cli"
_LOOSE = {"cli.py", "__main__.py", "__init__.py"}  # at the top of `aaa/`
_GUIDE = ROOT / "CONTRIBUTING.md"
_BEGIN, _END = "<!-- rooms -->\n", "<!-- /rooms -->\n"
_MAY_IMPORT = re.compile(r"May import: (?P<rooms>[a-z, ]+|nothing)\.")


def room(path: Path) -> str:
    """Return the room of a file."""
    parts = path.relative_to(ROOT / "aaa").parts
    return parts[0] if len(parts) > 1 else COMMAND_LINE


@cache
def imported(path: Path) -> frozenset[str]:
    """Return every module that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in code.nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def arrows() -> dict[str, frozenset[str]]:
    """Return the rooms that each room imports."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        below = found.setdefault(room(path), set())
        parts = [module.split(".") for module in imported(path)]
        below |= {
            names[1]
            for names in parts
            if names[0] == "aaa" and len(names) > 1 and (ROOT / "aaa" / names[1]).is_dir()
        } - {room(path)}
    return {name: frozenset(below) for name, below in found.items()}


def floors() -> list[list[str]]:
    """Return the rooms of each floor, from the ground up.

    Raises:
        ValueError: rooms import each other in a circle.
    """
    left, stack = dict(arrows()), []
    while left:
        floor = sorted(name for name, below in left.items() if not below & left.keys())
        if not floor:
            raise ValueError(f"a circle of imports among {sorted(left)}")
        stack.append(floor)
        for name in floor:
            del left[name]
    return stack


def told(name: str) -> tuple[str, frozenset[str]]:
    """Return what a room is for, and the rooms that it may import, as its docstring says."""
    path = ROOT / "aaa" / (f"{name}.py" if name == COMMAND_LINE else f"{name}/__init__.py")
    words = ast.get_docstring(code.tree(path)) or ""
    found = _MAY_IMPORT.search(" ".join(words.split()))
    may = found["rooms"] if found else ""
    return words.split("\n\n")[0].replace("\n", " "), (
        frozenset(may.split(", "))
        if may
        not in (
            "",
            "nothing",
        )
        else frozenset()
    )


def loose() -> set[str]:
    """Return the files that stand in no room, and should not."""
    return {path.name for path in MODULES if path.parent == ROOT / "aaa"} - _LOOSE


def picture() -> str:
    """Return the floors as a table, the highest first."""
    lines = ["| floor | room | what it is for | imports |", "|---|---|---|---|"]
    for number, names in reversed(list(enumerate(floors()))):
        for name in names:
            lines.append(
                f"| {number} | `{name}` | {told(name)[0]} |"
                f" {', '.join(sorted(arrows()[name])) or '–'} |"
            )
    count = sum(len(below) for below in arrows().values())
    return (
        "\n".join(
            [
                *lines,
                "",
                (
                    f"{len(arrows())} rooms on {len(floors())} floors, {count} arrows between them,"
                    " none up."
                ),
            ]
        )
        + "\n"
    )


def drawn() -> tuple[str, str]:
    """Return CONTRIBUTING.md as it is, and with the picture as it should be."""
    text = _GUIDE.read_text("utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return text, f"{before}{_BEGIN}{picture()}{_END}{after}"


def main() -> int:
    """Write the picture."""
    _GUIDE.write_text(drawn()[1], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
