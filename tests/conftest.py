"""What every test shares."""

from pathlib import Path

import pytest

from aaa import source


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the versions that a test shows in a folder of its own, not in that of the dashboard."""
    folder = tmp_path / "state"
    monkeypatch.setenv(source.STATE, str(folder))
    return folder
