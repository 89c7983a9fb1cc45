"""The program's own files, parsed once for all tests that read them."""

import ast
from functools import cache
from pathlib import Path

from tests.support.books import ROOT

MODULES = sorted((ROOT / "aaa").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))


@cache
def text(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """Return a file as Python parses it."""
    return ast.parse(text(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file."""
    return tuple(ast.walk(tree(path)))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return where something stands, for a message."""
    return f"{path.relative_to(ROOT)}" + (
        f":{getattr(node, 'lineno', '')}" if node is not None else ""
    )
