"""Check: is the workbook in order?"""

from aaa.completeness import completeness, overall
from aaa.ui import checks, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

version, programme = session.version(), session.whole()

tiles.title(text("page.check"), checks.title(programme.findings, once(overall, once(completeness, programme))))
checks.version(version)
checks.topics(once(completeness, programme))
checks.findings(programme.findings)
