"""Check: is the workbook in order?"""

from aaa.ui import checks, frame, session

checks.page()
frame.link_to_update()
checks.kept(session.kept(), writable=session.state().kept)
