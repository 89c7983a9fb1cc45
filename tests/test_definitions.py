"""Every metric names its definition, and every definition is named."""

import ast
import re

from tests.support import code
from tests.support.books import ROOT

FILES = [
    path for path in sorted((ROOT / "aaa" / "metrics").glob("*.py")) if path.name != "selection.py"
]
# beside what they do otherwise, they define numbers
WITH_OTHERS = [
    ROOT / "aaa" / "history" / "changes.py",
    ROOT / "aaa" / "stories" / "titles.py",
    ROOT / "aaa" / "history" / "meetings.py",
    ROOT / "aaa" / "exports" / "calendar.py",
    ROOT / "aaa" / "metrics" / "rows.py",
    ROOT / "aaa" / "workbook" / "matching.py",
    ROOT / "aaa" / "workbook" / "twins.py",
    ROOT / "aaa" / "workbook" / "losses.py",
    ROOT / "aaa" / "workbook" / "renames.py",
]
DEFINED = set(
    re.findall(
        r"^\| ([A-Z]\d+) \|", (ROOT / "docs" / "definitions.md").read_text("utf-8"), re.MULTILINE
    )
)
# Look-ups among what another metric returned; the definition is that metric's.
LOOKUPS = {"busiest", "by_code", "in_order_of_time", "near", "total_of"}


def named(text: str) -> set[str]:
    found: set[str] = set()
    for first, last in re.findall(r"\b([A-Z]\d+)(?: (?:to|and) ([A-Z]\d+))?", text):
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        found |= {f"{first[0]}{n}" for n in numbers}
    return found & {f"{letter}{n}" for letter in "ABCDKMPVW" for n in range(1, 30)}


def test_every_metric_names_its_definition() -> None:
    seen: set[str] = set()
    for path in (*FILES, *WITH_OTHERS):
        for node in code.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                numbers = named(re.sub(r"\bQ\d\b", "", ast.get_docstring(node) or ""))
                assert numbers or node.name in LOOKUPS or path in WITH_OTHERS, (
                    f"{path.name}: {node.name}"
                )
                assert numbers <= DEFINED, f"{path.name}: {node.name}"
                seen |= numbers
    assert seen == DEFINED
