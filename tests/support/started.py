"""What the options of Streamlit are once the dashboard started: `python -m tests.support.started
WAY` prints them, and serves nobody.

WAY: `streamlit` as `streamlit run dashboard.py`, `uvicorn` as `uvicorn dashboard:app`, `serve` as
`aaa serve`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.web import cli as of_streamlit
from streamlit.web.server.starlette import starlette_server
from uvicorn.importer import import_from_string

from aaa import cli

DASHBOARD = Path(cli.__file__).resolve().parents[1] / "dashboard.py"


def told(app: Any) -> None:
    """Load the application as uvicorn does, and print every option by its name."""
    if isinstance(app, str):
        import_from_string(app)
    options = config.get_config_options()
    print(json.dumps({name: option.value for name, option in sorted(options.items())}, default=str))


class Runner:
    """In the place of the server."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def run(self) -> None:
        """Serve nobody."""
        told(self._app)


if __name__ == "__main__":
    starlette_server.UvicornRunner = Runner  # type: ignore[misc, assignment]
    way, *more = sys.argv[1:]
    if way == "streamlit":
        of_streamlit.main(["run", str(DASHBOARD), *more], standalone_mode=False)
    elif way == "serve":
        cli.main(["serve", *more])
    else:
        sys.path.insert(0, str(DASHBOARD.parent))
        told("dashboard:app")
