"""The least that a Streamlit page can be: what every rerun is measured against."""

import streamlit as st

st.title("empty")
