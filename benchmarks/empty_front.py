"""An empty Streamlit page behind the dashboard's own server frame: what a first visit is measured
against.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import streamlit as st

from aaa.server import application

app = st.App(
    Path(__file__).parent / "empty_page.py", middleware=application.middleware(of_dashboard=False)
)
