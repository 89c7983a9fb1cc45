"""A dashboard that fails: what a reader sees of it, and what stands in the log, is tried in test_server."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st
from starlette.routing import Route

from aaa.ui import server

SECRET = "jansen@example.org"


def _fail(*_: object) -> None:
    raise ValueError(SECRET)


if server.starting():
    around = server.around()
    app = st.App(__file__, **around | {"routes": [*around["routes"], Route("/fails", _fail)]})
elif st.query_params.get("part"):
    st.fragment(_fail)()
else:
    st.html("<p>before</p>")
    _fail()
