"""Paths of the files that come with the program.

In an installed package they are beside its code. In a checkout `pages/`, `data/` and `.streamlit/`
are at the top, where the client wants them and where Streamlit looks for them.
"""

from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(installed: str, checkout: str) -> Path:
    inside = _PACKAGE / installed
    return inside if inside.is_dir() else _PACKAGE.parent / checkout


PAGES = _folder("pages", "pages")  # what Streamlit runs for each page
WORKBOOK = _folder("data", "data") / "aaa_2025.xlsx"
SETTINGS = _folder("settings", ".streamlit") / "config.toml"
SCRIPT = _PACKAGE / "app" / "script.py"  # what Streamlit runs for each reader
# fonts and icon; Streamlit serves the folder `static` beside the script
STATIC = _PACKAGE / "app" / "static"


def state(environment: Mapping[str, str]) -> Path:
    """Return the default folder for stored data: `var` in a checkout, else the user's own folder.

    Args:
        environment: the environment variables of the process, which name the folders of the system
            (XDG on Linux, LOCALAPPDATA on Windows).
    """
    if not (_PACKAGE / "pages").is_dir():
        return _PACKAGE.parent / "var"
    home = environment.get("XDG_STATE_HOME") or environment.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".local" / "state") / "aaa-dashboard"
