"""The dashboard starts in three ways, from any folder, from a checkout or an installed package,
with the same settings.
"""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aaa.server import settings
from aaa.ui import secrets
from aaa.values import shipped
from aaa.workbook import package
from tests.support.books import ROOT, small
from tests.support.servers import HEALTH, Asked, free_port, wait

PORT = 8501  # by default, and in a test that compares options
# follow from the folder, and are drawn by lot
OF_ITS_OWN = {
    "secrets.files",
    "server.cookieSecret",
}
pytestmark = pytest.mark.server


def run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the packages of this environment and nothing of the checkout
    that the command does not name.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AAA_", "STREAMLIT_"))
    }
    environment |= {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), **variables}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def options(folder: Path, way: str, *more: str) -> dict[str, Any]:
    done = run(folder, "-m", "tests.support.started", way, *more, PYTHONPATH=str(ROOT))
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_way_of_starting_has_the_same_settings(tmp_path: Path) -> None:
    usual = options(ROOT, "streamlit", "--server.port", str(PORT), "--server.address", "127.0.0.1")
    there = tomllib.loads(shipped.SETTINGS.read_text("utf-8"))
    assert (
        usual["server.maxUploadSize"]
        == there["server"]["maxUploadSize"]
        == package.MAX_BYTES / 2**20
    )
    assert usual["theme.dark.primaryColor"] == there["theme"]["dark"]["primaryColor"]
    others = {
        "streamlit run, from another folder": options(
            tmp_path, "streamlit", "--server.port", str(PORT), "--server.address", "127.0.0.1"
        ),
        "aaa serve": options(tmp_path, "serve"),
        "uvicorn": options(tmp_path, "uvicorn")
        | {"server.port": PORT, "server.address": "127.0.0.1"},
    }
    for way, found in others.items():
        assert {
            name: value
            for name, value in found.items()
            if usual.get(name) != value and name not in OF_ITS_OWN
        } == {}, way


def test_what_somebody_set_goes_before(tmp_path: Path) -> None:
    own = tmp_path / ".streamlit" / "config.toml"
    own.parent.mkdir()
    own.write_text("[server]\nmaxUploadSize = 3\n[theme]\nlinkUnderline = false\n")
    found = options(tmp_path, "serve")
    assert (found["server.maxUploadSize"], found["theme.linkUnderline"]) == (3, False)
    assert found["client.showErrorDetails"] == "none"


def test_every_setting_is_applied() -> None:
    names = {name for name, _ in settings._flat(tomllib.loads(shipped.SETTINGS.read_text("utf-8")))}
    assert {
        "server.enableStaticServing",
        "runner.postScriptGC",
        "theme.light.primaryColor",
        "theme.fontFaces",
    } <= names


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package of a copy of the checkout, unpack it as an installation does, and return
    the folder.
    """
    folder = tmp_path_factory.mktemp("package")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "docs/pictures/")):
            (folder / "checkout" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "checkout" / name).write_bytes((ROOT / name).read_bytes())
    wheel = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(folder / "checkout"),
    ]
    done = subprocess.run(wheel, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.whl")
    with zipfile.ZipFile(made) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


def test_the_package_holds_the_whole_product(installed: Path) -> None:
    there = {
        path.relative_to(installed / "aaa").as_posix()
        for path in (installed / "aaa").rglob("*")
        if path.is_file()
    }
    wanted = {
        path.relative_to(ROOT / "aaa").as_posix()
        for path in (ROOT / "aaa").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")} | {
        "data/aaa_2025.xlsx",
        "settings/config.toml",
    }
    assert there == wanted


def test_an_installed_dashboard_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    def aaa(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(tmp_path, "-m", "aaa", *arguments, PYTHONPATH=str(installed))

    assert aaa("check").stdout == "aaa_2025.xlsx: 0 fouten, 0 waarschuwingen\n"
    assert json.loads(aaa("show", "--json").stdout)["budget"]["total"] == 680_000
    (tmp_path / "klein.xlsx").write_bytes(small())
    assert aaa("publish", str(tmp_path / "kopie"), "klein.xlsx").returncode == 0
    assert (tmp_path / "kopie" / "bestanden" / "ibm-plex-sans-latin-400-normal.woff2").is_file()
    assert not (installed / "var").exists()  # what is kept stands in a folder of the user


@pytest.mark.parametrize("way", ["aaa serve", "uvicorn"])
def test_the_dashboard_is_served_without_streamlit_run(
    installed: Path, tmp_path: Path, way: str
) -> None:
    port, book = free_port(), tmp_path / "eigen.xlsx"
    book.write_bytes(small())
    if way == "uvicorn":
        command, path = ["uvicorn", "dashboard:app", "--port", str(port)], ROOT
    else:
        command, path = ["aaa", "serve", str(book), "--port", str(port)], installed
    variables = {"AAA_STATE": str(tmp_path / "state"), "AAA_WORKBOOK": str(book)}
    variables["AAA_SECRETS"] = '[publish]\neditors = ["lead@example.org"]'
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(path), **variables},
            stdout=log,
            stderr=log,
        )
    try:

        def up() -> bool:
            try:
                return Asked(port, HEALTH).status == 200
            except OSError:
                return False

        wait(up, 60)
        assert "Bouwen" in Asked(port, "/").text
        assert Asked(port, "/app/static/icon.svg").status == 200
        assert Asked(port, "/tijdlijn").status == 200
        assert Asked(port, "/bijwerken").status == 200  # publishing is on, by the environment
    finally:
        process.terminate()
        process.wait(15)
    said = (tmp_path / "log").read_text("utf-8")
    assert '"event": "ready"' in said
    assert '"event": "stopped"' in said
    assert "config option" not in said
    assert "GET /" not in said  # who asks for what stands in no log


def test_secrets_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert secrets.from_environment() is None
    monkeypatch.setenv(secrets.ENVIRONMENT, '[publish]\npassword = "scrypt"')
    assert secrets.from_environment() == {"publish": {"password": "scrypt"}}
    monkeypatch.setenv(secrets.ENVIRONMENT, '[publish]\npassword = geheim"')
    with pytest.raises(
        secrets.SecretsError, match=r"AAA_SECRETS is not TOML \(at line 2, column 12\)"
    ) as refused:
        secrets.from_environment()
    assert "geheim" not in str(refused.value)


def test_a_server_whose_secrets_cannot_be_read_does_not_start(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "-m",
        "aaa",
        "serve",
        "--port",
        str(free_port()),
        PYTHONPATH=str(ROOT),
        AAA_SECRETS="[publish",
    )
    assert done.returncode == 1
    assert done.stderr.startswith("AAA_SECRETS is not TOML")
