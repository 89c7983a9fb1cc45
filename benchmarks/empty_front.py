"""An empty Streamlit page behind the dashboard's own server frame: what a first visit is measured against."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import streamlit as st

from aaa.ui import server

if server.starting():
    app = st.App(__file__, middleware=server.middleware(of_dashboard=False))
else:
    st.title("empty")
