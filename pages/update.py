"""Update: which version of the workbook should everyone see?"""

from aaa.ui import publishing, session, signing, tiles
from aaa.ui.session import text

tiles.title(text("page.update"), text("publish.title", name=session.store().origin.name))
publishing.said()
if not publishing.possible():
    tiles.empty(text("publish.elsewhere"))
elif not signing.signed_in():
    signing.ask()
else:
    publishing.upload()
    publishing.bring_back(session.kept())
    publishing.new_year()
    signing.offer_to_leave()
