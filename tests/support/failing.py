"""A dashboard that fails: what a reader sees of it, and what stands in the log, is tried in
test_server.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st
from starlette.routing import Route

from aaa.server import application
from tests.support.failing_page import fail

options = application.options()
app = st.App(
    Path(__file__).with_name("failing_page.py"),
    **options | {"routes": [*options["routes"], Route("/fails", fail)]},
)
