"""The frame of every page: what Streamlit runs for each reader."""

from aaa.ui import details, frame, session

pages, page = frame.begin()
if session.state().version is None:
    frame.nothing_to_show()
    if page is pages.get("update"):
        page.run()
elif page is pages[frame.MEETING]:
    page.run()
else:
    frame.show(pages, page)
    page.run()
    details.show_opened()
