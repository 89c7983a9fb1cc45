import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aaa import cli
from tests.support.books import ACTIVITY, ROOT, SHIPPED, example, small

Write = Callable[..., str]
Said = pytest.CaptureFixture[str]
JSON_KEYS = {"usable", "workbook", "sha256", "findings"}


@pytest.fixture
def book(tmp_path: Path) -> Write:
    def write(data: bytes, name: str = "aaa_2025.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


def test_a_tidy_workbook_passes(book: Write, capsys: Said) -> None:
    assert cli.main(["check", book(small())]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "aaa_2025.xlsx: 0 fouten, 0 waarschuwingen"


def test_a_finding_is_a_line_with_its_cell(book: Write, capsys: Said) -> None:
    path = book(small(Activiteiten=[ACTIVITY | {"Status": "Bezig"}]))
    assert cli.main(["check", path]) == 1
    assert (
        "Activiteiten!F2 · fout · ‘Bezig’ is geen woord uit de keuzelijst"
        in capsys.readouterr().out
    )
    assert cli.main(["check", path, "--lang", "en"]) == 1
    assert "Activiteiten!F2 · error · " in capsys.readouterr().out


def test_check_as_json(book: Write, capsys: Said) -> None:
    assert (
        cli.main(
            ["check", book(small(Activiteiten=[ACTIVITY | {"Partners": "DC Tera"}])), "--json"]
        )
        == 1
    )
    content = json.loads(capsys.readouterr().out)
    assert set(content) == JSON_KEYS
    assert content["usable"]
    assert re.fullmatch("[0-9a-f]{64}", content["sha256"])
    found = next(f for f in content["findings"] if f["code"] == "name_unknown")
    assert set(found) == {
        "severity",
        "code",
        "sheet",
        "cell",
        "value",
        "expected",
        "message",
        "more",
    }
    assert (found["severity"], found["sheet"], found["cell"], found["value"]) == (
        "error",
        "Activiteiten",
        "F2",
        "DC Tera",
    )


@pytest.mark.parametrize("data", [b"", b"no workbook", small(Ambities=None)])
def test_what_cannot_be_used_ends_with_two(book: Write, capsys: Said, data: bytes) -> None:
    assert cli.main(["check", book(data), "--json"]) == 2
    content = json.loads(capsys.readouterr().out)
    assert not content["usable"]
    assert {f["severity"] for f in content["findings"]} == {"fatal"}
    assert cli.main(["show", book(data)]) == 2
    assert capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(capsys: Said, tmp_path: Path) -> None:
    assert cli.main(["check", str(tmp_path / "weg.xlsx")]) == 2
    assert "weg.xlsx" in capsys.readouterr().out


def test_show_as_json_has_the_agreed_shape(book: Write, capsys: Said) -> None:
    assert cli.main(["show", book(example()), "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["programme"] == {
        "name": "Asser Ambitie Agenda",
        "year": 2025,
        "as_of": "2025-09-30",
        "example": True,
    }
    assert content["late"] == ["2.3", "3.1"]
    assert content["unreported"] == ["3.5", "4.6"]
    assert content["undated"] == ["4.6"]
    first = content["activities"][0]
    assert {
        "nr",
        "theme",
        "topic",
        "title",
        "period",
        "first_month",
        "last_month",
        "leads",
        "partners",
        "status",
        "judgement",
        "progress",
        "forecast",
    } <= set(first)
    assert (first["status"], first["judgement"], first["progress"], first["forecast"]) == (
        "Loopt",
        "Oranje",
        0.4,
        "Q2-Q4",
    )
    assert content["budget"]["lines"][0] == {
        "line": "Capaciteit", "total": 530000, "gemeente": 330000, "partners": 200000,
        "committed": 420000, "obliged": None, "paid": 225750,
    }  # fmt: skip
    assert content["ambitions"][0]["measurements"][0]["value"] == 240


def test_the_date_can_be_chosen(book: Write, capsys: Said) -> None:
    cli.main(["show", book(example()), "--json", "--as-of", "2025-12-31"])
    content = json.loads(capsys.readouterr().out)
    assert content["programme"]["as_of"] == "2025-12-31"
    assert "3.6" in content["late"]


@pytest.mark.parametrize(
    ("lang", "word"), [("nl", "Geraamde kosten: € 680.000"), ("en", "Estimated cost: €680,000")]
)
def test_show_for_a_person(book: Write, capsys: Said, lang: str, word: str) -> None:
    assert cli.main(["show", book(example()), "--lang", lang]) == 0
    out = capsys.readouterr().out.replace("\u00a0", " ")
    assert word in out
    assert ("fictieve" in out) == (lang == "nl")


def test_the_environment_names_the_workbook(
    book: Write, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AAA_WORKBOOK", book(small()))
    cli.main(["show", "--json"])
    assert json.loads(capsys.readouterr().out)["programme"]["name"] == "Proef"
    cli.main(["show", str(SHIPPED), "--json"])
    assert json.loads(capsys.readouterr().out)["programme"]["name"] == "Asser Ambitie Agenda"


def test_new_and_example_write_workbooks_that_pass(tmp_path: Path, capsys: Said) -> None:
    for arguments in (
        ["new", str(tmp_path / "a.xlsx"), "--year", "2026"],
        ["example", str(tmp_path / "b.xlsx")],
    ):
        assert cli.main(arguments) == 0
        assert cli.main(["check", arguments[1]]) == 0
    capsys.readouterr()
    cli.main(["show", str(tmp_path / "a.xlsx"), "--json"])
    assert json.loads(capsys.readouterr().out)["programme"]["year"] == 2026


def test_a_file_with_someones_work_is_not_overwritten(book: Write, capsys: Said) -> None:
    path = book(small())
    before = Path(path).read_bytes()
    assert cli.main(["example", path]) == 1
    assert Path(path).read_bytes() == before
    assert cli.main(["example", path, "--overwrite"]) == 0
    assert Path(path).read_bytes() != before


@pytest.mark.parametrize(
    "arguments",
    [["show", "--as-of", "31-3-2025"], ["new", "x.xlsx", "--year", "25"], ["new", "x.xlsx"], []],
)
def test_a_wrong_argument_is_refused(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aaa", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
