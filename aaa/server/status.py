"""The API: `/api/health` says whether there is something to show, `/api/status` says what it is.

Both are public. Of the contents of the workbook they give only the numbers of findings.
"""

import datetime as dt

from starlette.requests import Request
from starlette.responses import JSONResponse

import aaa
from aaa.store.source import State, Version
from aaa.ui import address, session
from aaa.values.finding import Severity, counted

_NO_STORE = {"Cache-Control": "no-store"}


def health(_: Request) -> JSONResponse:
    """Answer 200 `ok`, 200 `last_good` when the file as it stands cannot be used but an older
    version is shown, or 503 `nothing_to_show`.
    """
    state = session.store_of(None).poll()
    return JSONResponse(
        {"status": _health(state)}, 503 if state.version is None else 200, _NO_STORE
    )


def status(request: Request) -> JSONResponse:
    """Return what is shown: from the workbook of the usual year, or from the one for the year
    `?jaar=`. Times are in UTC, ages in whole seconds.
    """
    asked = request.query_params.get(address.YEAR, "")
    year = int(asked) if asked in map(str, session.years()) else None
    state = session.store_of(year).poll()
    answer = {
        "version": aaa.VERSION,
        "status": _health(state),
        "workbook": None if state.version is None else _workbook(state.version, session.now()),
        "problems": [found.code for found in state.problems],
        "versions_are_kept": state.kept,
        "years": list(session.years()),
    }
    return JSONResponse(answer, headers=_NO_STORE)


def _health(state: State) -> str:
    if state.version is None:
        return "nothing_to_show"
    return "last_good" if state.problems else "ok"


def _workbook(version: Version, now: dt.datetime) -> dict[str, object]:
    weights = counted(version.programme.findings)
    return {
        "year": version.programme.year,
        "sha256": version.sha256,
        "saved": _utc(version.stamp.moment),
        "shown_since": _utc(version.shown),
        "age_seconds": max(0, int((now - version.stamp.moment).total_seconds())),
        "findings": {weight.word: weights[weight] for weight in sorted(Severity, reverse=True)},
    }


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
