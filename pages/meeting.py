"""Meeting: what does the steering group look at?"""

import streamlit as st

from aaa.ui import address, frame, meeting

if meeting.show():
    st.switch_page(frame.pages()["overview"], query_params=address.link_params())
