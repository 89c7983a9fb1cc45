"""The launcher: `streamlit run dashboard.py`, or `uvicorn dashboard:app` on a server."""

import streamlit as st

from aaa.server import application

# `streamlit run` looks for exactly this line
app = st.App(application.SCRIPT, **application.options())
