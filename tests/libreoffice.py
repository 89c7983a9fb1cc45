"""The second spreadsheet program: open a workbook in LibreOffice and save it. Skipped where there is none; in CI (CI=true) that fails."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def saved(data: bytes, folder: Path, out: Path | None = None) -> bytes:
    """Return a workbook as LibreOffice saves it; it saves in the folder `out`, over a file of that name."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice: .ci/run installs it")
        pytest.skip("no LibreOffice on this machine")
    book, out = folder / "in" / "aaa_2025.xlsx", out or folder / "out"
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [program, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (out / book.name).read_bytes()
