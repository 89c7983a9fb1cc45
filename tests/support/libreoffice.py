"""The second spreadsheet program: open a workbook in LibreOffice and save it."""

import functools
import subprocess
import tempfile
from pathlib import Path

from tests.support import needs


@functools.cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Make one profile for all tests of a process: LibreOffice takes seconds to fill a new one."""
    return tempfile.TemporaryDirectory(prefix="libreoffice")


_saved: dict[bytes, bytes] = {}


def converted(path: Path, kind: str, folder: Path) -> Path:
    """Convert a file into the folder, and return the file that came of it.

    Args:
        path: of the file.
        kind: of the new file, as `--convert-to` takes it.
        folder: in which the new file comes, over one of its name.
    """
    profile = f"-env:UserInstallation=file://{_profile().name}"
    command = [
        needs.program("soffice"),
        "--headless",
        profile,
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.with_suffix(f".{kind.split(':', maxsplit=1)[0]}").name


def saved(data: bytes, folder: Path, out: Path | None = None) -> bytes:
    """Return a workbook as LibreOffice saves it; it saves in the folder `out`, over a file of that
    name, or gives what it made of these bytes before.
    """
    needs.may("office")
    if out is None and data in _saved:
        return _saved[data]
    book = folder / "in" / "aaa_2025.xlsx"
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_bytes(data)
    _saved[data] = converted(
        book, "xlsx:Calc MS Excel 2007 XML", out or folder / "out"
    ).read_bytes()
    return _saved[data]
