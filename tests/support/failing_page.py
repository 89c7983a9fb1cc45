"""What the dashboard of `failing` runs for each reader."""

import streamlit as st

SECRET = "jansen@example.org"


def fail(*_: object) -> None:
    """Fail, with words that may not stand in the log."""
    raise ValueError(SECRET)


if st.runtime.exists():
    if st.query_params.get("part"):
        st.fragment(fail)()
    else:
        st.html("<p>before</p>")
        fail()
