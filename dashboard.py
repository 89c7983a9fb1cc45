"""The frame of every page: `streamlit run dashboard.py` starts here."""

import streamlit as st

from aaa.ui import details, frame, server, session

if server.starting():
    app = st.App(__file__, **server.around())  # `streamlit run` looks for exactly this line
else:
    pages = frame.begin()
    page = st.navigation(list(pages.values()), position="hidden")
    frame.configure(page)
    frame.keep_up()
    if session.state().version is not None and page is pages[frame.MEETING]:
        page.run()
    elif session.state().version is not None:
        frame.navigation(pages, page)
        frame.notices()
        frame.facts()
        page.run()
        details.show_opened()
    else:
        frame.nothing_to_show()
        if page is pages.get("update"):
            page.run()
