"""The second spreadsheet program opens our workbooks, saves them, and nothing has changed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aaa import programme
from aaa.summary import summarise
from tests.books import SHIPPED, codes, empty, example


@pytest.fixture(scope="module")
def soffice() -> str:
    path = shutil.which("soffice")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice: .ci/run installs it")
        pytest.skip("no LibreOffice on this machine")
    return path


@pytest.mark.parametrize("book", [SHIPPED.read_bytes, example, empty])
def test_saved_by_libreoffice_it_says_the_same(soffice: str, tmp_path: Path, book) -> None:
    data = book()
    (tmp_path / "in.xlsx").write_bytes(data)
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(tmp_path / "in.xlsx")], capture_output=True, timeout=180, check=True)
    saved = programme.from_bytes((tmp_path / "out" / "in.xlsx").read_bytes(), 2025)
    original = programme.from_bytes(data, 2025)
    assert codes(saved) == codes(original)
    assert summarise(saved) == summarise(original)
